"""The program under test: a process of it, in a folder and on a port of its own, and what its database holds."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import uuid
from pathlib import Path

from .browser import Browser
from .mail import Mailbox, Mailroom

ORDINARY = {
    # The law closed the declaration of a DIF in 2021; the drivers declare some.
    "fin_declaration_dif": "ouverte",
    # One machine plays hundreds of people.
    "tentatives_adresse": 100_000,
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One process of the program, on a port and in a folder of its own. `before` are words put before its command."""

    def __init__(self, program, folder, mailroom=None, database="", before=(), **settings):
        self.program, self.folder, self.before, self.port = program, Path(folder), list(before), free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data, self.log, self.database, self.mailroom = self.folder / "data", self.folder / "log", database, mailroom
        chosen = ORDINARY | {"donnees": self.data, "ecoute": f"127.0.0.1:{self.port}", "database_url": database}
        if isinstance(mailroom, Mailbox):
            mailroom.port = self.port
        if isinstance(mailroom, Mailroom):
            chosen |= {"smtp": f"smtp://127.0.0.1:{mailroom.port}", "expediteur": "Acquis <acquis@example.org>"}
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("ACQUIS_")}
        self.environment |= {f"ACQUIS_{name.upper()}": str(value) for name, value in (chosen | settings).items()}
        self.process = None

    def run(self, *words, **options):
        """Another command of the program, on the same data, to its end."""
        command = [*self.before, self.program, *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, **options)

    def proof_of(self, reference):
        """The bytes of the proof of a declaration, as an operator reads them."""
        file = self.data / f"extracted-{uuid.uuid4().hex}"
        read = self.run("justificatifs", reference, str(file), "--extraire", "--agent", "Driver")
        if read.returncode:
            return None
        content = file.read_bytes()
        file.unlink()
        return content

    def begin(self, *words):
        """Another command of the program, left to go on."""
        return subprocess.Popen([*self.before, self.program, *words], env=self.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self, patience=60):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([*self.before, self.program, "servir"], env=self.environment,
                                            stdout=log, stderr=log)
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"stopped as it started ({self.process.returncode}): {self.log_text()[-300:]}")
            with contextlib.suppress(OSError):
                if Browser(self).get("/sante/pret").status == 200:
                    return self
            time.sleep(0.05)
        raise RuntimeError("not ready in time")

    def signal(self, number):
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def kill(self):
        return self.signal(signal.SIGKILL)

    def stop(self):
        return self.signal(signal.SIGTERM)

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def faults(self):
        """The lines of the log that are never right: panics and errors of ours."""
        return [line for line in self.log_text().splitlines() if "panicked" in line or re.search(r"\bERROR\b", line)]

    def query(self, sql):
        """What the database says, as rows of texts."""
        if self.database:
            command = ["psql", self.database, "-X", "-At", "-F", "\t", "-c", sql]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            return [line.split("\t") for line in done.stdout.splitlines()]
        base = sqlite3.connect(self.data / "acquis.db", timeout=30)
        try:
            return [["" if cell is None else str(cell) for cell in row] for row in base.execute(sql)]
        finally:
            base.close()

    def count(self, table):
        return int(self.query(f"SELECT COUNT(*) FROM {table}")[0][0])

    def memory(self, line="VmRSS"):
        """Of its process, in MiB; its highest since the last `forget_peak` for VmHWM."""
        status = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(found for found in status if found.startswith(line)).split()[1]) // 1024

    def forget_peak(self):
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")


def new_database(server):
    """A database of one's own on that PostgreSQL, by its address."""
    name = "drivers_" + uuid.uuid4().hex[:12]
    subprocess.run(["psql", server, "-X", "-qc", f"CREATE DATABASE {name}"], check=True)
    return re.sub(r"/[^/]*$", f"/{name}", server)


def drop_database(server, url):
    name = url.rsplit("/", 1)[1]
    subprocess.run(["psql", server, "-X", "-qc", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"], check=False)
