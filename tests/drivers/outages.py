#!/usr/bin/env python3
"""What goes wrong around the server: nothing is lost, what can still be done is done, and it says what is the matter.

A disk that is full, now or at the first start; a database that another program holds; a key that is damaged; folders that
cannot be written; a second server; a clock that leaps; the word to stop; a PostgreSQL that crashes. Full disks need root
(tmpfs), folders that cannot be written too (setpriv), the clock faketime, the last one initdb.

  outages.py PROGRAM [--only CASE]
"""

import contextlib
import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from kit import (PASSWORD, Answer, Browser, Mailroom, Person, Server, Verdict, arguments, cut, free_port, proof, spread,
                 statuses, tally)

chosen = arguments(__doc__, postgres=False, only=("", "one case, by its name"))
verdict, cases = Verdict(), []
READINGS = ("/api/session", "/api/droits", "/api/historique", "/api/profil", "/api/dif")


def case(function):
    cases.append(function)
    return function


def served(folder, **settings):
    """A server in that folder, and somebody who has an account there."""
    server = Server(chosen.program, folder, Mailroom(), **settings).start()
    browser, person = Browser(server), Person(1)
    opened = browser.open_account(person)
    assert opened.status == 201, opened
    return server, browser, person


def reads(browser):
    return {browser.get(path).status for path in READINGS} == {200}


def asks(server, rank):
    return Browser(server).ask_account(Person(rank))


@contextlib.contextmanager
def small_disk(folder, size):
    if os.geteuid() != 0:
        raise NotHere("root is needed to mount a small disk")
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "acquis-driver", disk], capture_output=True)
    if mounted.returncode:
        raise NotHere(f"no small disk can be mounted: {mounted.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


class NotHere(Exception):
    """This machine lacks what the case needs."""


@case
def full_disk(folder):
    with small_disk(folder, "8m") as disk:
        server, browser, person = served(disk)
        kept, answers = {}, []
        for _ in range(18):
            file = proof(600_000)
            answers.append(browser.declare("1", file))
            if answers[-1].status == 201:
                kept[answers[-1].json["declaration"]["reference"]] = file
        verdict.hold("a disk that fills takes what it can and refuses the rest",
                     set(tally(answers)) == {"201", "503 indisponible"}, tally(answers))
        with contextlib.suppress(OSError), open(disk / "ballast", "wb", buffering=0) as ballast:
            while ballast.write(b"0" * 4_096):
                pass
        verdict.hold("not a byte left: all that was recorded is read", reads(browser))
        answers = [browser.declare("1", proof()), asks(server, 2), browser.same().ask_telephone(person, "0639981111")]
        verdict.hold("… nothing is half-written", all(answer.status in (200, 202, 503) for answer in answers), tally(answers))
        verdict.hold("… the process lives, and says what it can do",
                     Browser(server).get("/sante/vif").status == 200, Browser(server).get("/sante/pret").status)
        os.remove(disk / "ballast")
        subprocess.run(["mount", "-o", "remount,size=60m", disk], check=True)
        verdict.hold("room again: all works as before", browser.declare("1", proof()).status == 201)
        verdict.hold("… a new person opens an account", Browser(server).open_account(Person(3)).status == 201)
        there = {one["reference"] for one in browser.declarations()}
        verdict.hold("… each declaration that was acknowledged is there", set(kept) <= there, len(kept))
        verdict.hold("… with its proof", all(server.proof_of(reference) == sent for reference, sent in kept.items()))
        server.stop()
        verdict.hold("… the database is sound", server.query("PRAGMA integrity_check") == [["ok"]])
        verdict.hold("… as many files as proofs", len(os.listdir(server.data / "pieces")) == server.count("pieces"))
        verdict.hold("… nothing panicked", "panicked" not in server.log_text())


@case
def full_disk_at_first_start(folder):
    with small_disk(folder, "64k") as disk:
        done = Server(chosen.program, disk).run("migrer")
        verdict.hold("a first start without room stops with a sentence", done.returncode == 1 and "acquis :" in done.stderr
                     and "panicked" not in done.stderr, done.stderr.strip()[-160:])
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        done = Server(chosen.program, disk).run("migrer")
        verdict.hold("… with room it starts", done.returncode == 0, done.stderr.strip()[-160:])


@case
def held_database(folder):
    import sqlite3
    server, browser, person = served(folder)
    other = sqlite3.connect(server.data / "acquis.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    threads = [threading.Thread(target=lambda: browser.same().ask_telephone(person, "0639981112")) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    start = time.monotonic()
    verdict.hold("who reads does not wait for eight who want to write", reads(browser.same())
                 and time.monotonic() - start < 2, f"{time.monotonic() - start:.2f} s")
    refused = asks(server, 2)
    verdict.hold("who writes is told to come back, in time", refused.status == 503 and time.monotonic() - start < 35,
                 refused, f"{time.monotonic() - start:.1f} s")
    for thread in threads:
        thread.join()
    other.execute("ROLLBACK")
    other.close()
    verdict.hold("released: who writes is served", browser.ask_telephone(person, "0639981113").status == 202)
    server.stop()
    verdict.quiet_log(server, "the database failed")


@case
def damaged_key(folder):
    server, _, _ = served(folder)
    server.stop()
    file = server.data / "cle"
    key = file.read_text()
    for what, content in {"empty": "", "cut": key[:20], "another": "A" * 43 + "=", "gone": None}.items():
        if content is None:
            file.unlink()
        else:
            file.write_text(content)
        done = server.run("migrer")
        now = file.read_text() if file.exists() else None
        verdict.hold(f"a key that is {what} stops the start with a sentence, and is left as it is",
                     done.returncode == 1 and "cl" in done.stderr and now == content, done.stderr.strip()[-120:])
    file.write_text("\ufeff" + key.strip() + "\r\n")
    done = server.run("migrer")
    verdict.hold("a key saved by an editor of Windows is read, or refused with a sentence",
                 done.returncode == 0 or "cl" in done.stderr, done.returncode, done.stderr.strip()[-120:])
    file.write_text(key)
    verdict.hold("the right one again: it starts", server.run("migrer").returncode == 0)


@case
def folders_that_cannot_be_written(folder):
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        raise NotHere("root and setpriv are needed to serve as somebody else")
    os.chmod(folder, 0o755)
    server, _, _ = served(folder)
    server.stop()
    subprocess.run(["chown", "-R", "nobody", server.data], check=True)
    subprocess.run(["chmod", "-R", "a-w", server.data], check=True)
    server.before = ["setpriv", "--reuid=nobody", "--clear-groups"]
    done = server.run("migrer")
    verdict.hold("data that cannot be written stop the start with a sentence", done.returncode == 1
                 and "acquis :" in done.stderr, done.stderr.strip()[-160:])
    subprocess.run(["chmod", "-R", "u+w", server.data], check=True)
    server.log.unlink()
    server.start()
    browser = Browser(server)
    browser.open_account(Person(2))
    subprocess.run(["chmod", "a-w", server.data / "pieces"], check=True)
    refused = browser.declare("1", proof())
    verdict.hold("proofs that cannot be written: refused, and nothing is recorded", refused.status == 503
                 and browser.declarations() == [] and reads(browser), refused)
    server.stop()


@case
def second_server(folder):
    server, browser, _ = served(folder)
    second = Server(chosen.program, folder)
    second.log = folder / "second-log"
    try:
        second.start(patience=10)
        verdict.hold("a second server on one SQLite file does not start", False)
        second.kill()
    except RuntimeError as refusal:
        verdict.hold("a second server on one SQLite file stops with a sentence", "sert déjà cette base" in str(refusal))
    verdict.hold("… and the first one goes on", reads(browser) and asks(server, 2).status == 202)
    server.stop()
    verdict.quiet_log(server)


@case
def clock(folder):
    library = next(iter(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")), None)
    if not library:
        raise NotHere("faketime is not installed")
    hand = folder / "clock"

    def leap(to):
        hand.write_text(to)
        time.sleep(1.3)

    leap("+0")
    server = Server(chosen.program, folder, Mailroom())
    server.environment |= {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(hand), "FAKETIME_NO_CACHE": "1",
                           "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    server.start()
    browser, person = Browser(server), Person(1)
    browser.open_account(person)

    def left():
        session = browser.get("/api/session").json
        return int(session["expire_dans"]) if session["titulaire"] else None

    leap("-1d")
    verdict.hold("a clock put back a day gives no session more than its half hour", left() is None or left() <= 1_860, left())
    leap("+0")
    browser.sign_in(person["courriel"])
    leap("+31m")
    verdict.hold("half an hour without doing anything ends a session", left() is None, left())

    # A code, then a request, that are too old.
    leap("+0")
    slow = Browser(server)
    slow.ask_account(Person(2))
    letter = server.mailroom.wait(Person(2)["courriel"])
    leap("+16m")
    late = slow.confirm(letter.code)
    verdict.hold("a code serves a quarter of an hour", late.faults.get("code") == "code_epuise", late)
    again = slow.post("/api/inscription/code", {"courriel": Person(2)["courriel"]})
    code = server.mailroom.code(Person(2)["courriel"], after=1)
    verdict.hold("… and another one is sent to who asks", again.status == 202 and slow.confirm(code).status == 201, again)
    leap("+0")
    forgotten = Browser(server)
    forgotten.ask_account(Person(3))
    letter = server.mailroom.wait(Person(3)["courriel"])
    leap("+25h")
    late = forgotten.confirm(letter.code)
    by_link = Browser(server).post("/api/inscription/confirmation", {"jeton": letter.token, "mot_de_passe": PASSWORD})
    verdict.hold("a request lives a day", late.status >= 400 and by_link.status == 410
                 and forgotten.get("/api/inscription").json["attente"] is None, late, by_link)
    verdict.hold("… and holds nobody's number after it", Browser(server).open_account(Person(3)).status == 201)

    leap("+400d")
    browser.sign_in(person["courriel"])
    for _ in range(11):
        Browser(server).sign_in(Person(9)["courriel"], "faux")
    leap("+0")
    verdict.hold("a session of a wrong future is over", left() is None or left() <= 1_860, left())
    waiting = Browser(server).sign_in(Person(9)["courriel"], "faux")
    verdict.hold("a wait of a wrong future is no longer than another", waiting.status == 401
                 or int(waiting.headers["retry-after"]) <= 900, waiting, waiting.headers["retry-after"])
    server.stop()
    rows = server.count("journal")
    hand.write_text("+400d")
    server.start()
    time.sleep(1.5)
    server.stop()
    verdict.hold("a start with a clock that leapt erases nothing of the trail", server.count("journal") >= rows,
                 rows, server.count("journal"))
    verdict.quiet_log(server)


@case
def word_to_stop(folder):
    server, _, _ = served(folder)
    answers = []
    threads = [threading.Thread(target=lambda rank=rank: answers.append(cut(lambda: asks(server, rank))))
               for rank in range(10, 40)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    start = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    code = server.process.wait(timeout=60)
    for thread in threads:
        thread.join()
    taken = sum(isinstance(answer, Answer) and answer.status == 202 for answer in answers)
    verdict.hold("SIGTERM under thirty sign-ups: ends well, and none that was answered is lost", code == 0
                 and server.count("demandes") >= taken, f"{time.monotonic() - start:.1f} s", tally(answers))
    server.start()
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(f"POST /api/connexion HTTP/1.1\r\nHost: localhost\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
                     "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{".encode())
        time.sleep(0.3)
        start = time.monotonic()
        code = server.stop()
        verdict.hold("SIGTERM with a body that never ends: ends well, within half a minute", code == 0
                     and time.monotonic() - start < 30, f"{time.monotonic() - start:.1f} s")
    verdict.quiet_log(server)


class Cluster:
    """A PostgreSQL of one's own, to be crashed."""

    def __init__(self, folder):
        found = [*glob.glob("/usr/lib/postgresql/*/bin"), os.path.dirname(os.path.realpath(shutil.which("initdb") or ""))]
        programs = [path for path in found if path and os.path.exists(f"{path}/initdb") and os.path.exists(f"{path}/pg_ctl")]
        if not programs or not shutil.which("psql"):
            raise NotHere("initdb, pg_ctl and psql are needed")
        self.programs, self.port = programs[-1], free_port()
        # PostgreSQL refuses to run as root.
        self.owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        self.folder = folder
        if self.owner:
            subprocess.run(["chown", "postgres", folder], check=True)
        self.do("initdb", "--auth=trust", "--username=acquis", "--encoding=UTF8", "--locale=C", "-D", f"{folder}/pg")
        self.start()

    def do(self, program, *words, check=True):
        subprocess.run([*self.owner, f"{self.programs}/{program}", *words], cwd=self.folder, check=check,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.do("pg_ctl", "-D", f"{self.folder}/pg", "-w", "-l", f"{self.folder}/pg.log", "-o",
                f"-p {self.port} -h 127.0.0.1 -k {self.folder}", "start")

    def stop(self, how):
        self.do("pg_ctl", "-D", f"{self.folder}/pg", "-m", how, "-w", "stop", check=False)

    @property
    def url(self):
        return f"postgres://acquis@127.0.0.1:{self.port}/postgres"


@case
def postgres_that_crashes(folder):
    with tempfile.TemporaryDirectory(prefix="acquis-pg-") as own:
        os.chmod(own, 0o755)
        cluster = Cluster(own)
        try:
            crashing(folder, cluster)
        finally:
            cluster.stop("immediate")


def crashing(folder, cluster):
    server = Server(chosen.program, folder, Mailroom(), cluster.url).start()
    over, taken, answers, ranks, lock = threading.Event(), [], [], iter(range(1, 100_000)), threading.Lock()

    def client():
        while not over.is_set():
            with lock:
                person = Person(next(ranks))
            for _ in range(60):
                answer = cut(lambda: Browser(server).ask_account(person, f"crash-{person.rank:012}"))
                answers.append(answer)
                if isinstance(answer, Answer) and answer.status == 202:
                    taken.append(person)
                    break
                time.sleep(0.2)

    threads = [threading.Thread(target=client) for _ in range(5)]
    for thread in threads:
        thread.start()
    for how in ("immediate", "fast", "immediate"):
        time.sleep(1.5)
        cluster.stop(how)
        live, ready = (Browser(server).get(path).status for path in ("/sante/vif", "/sante/pret"))
        time.sleep(1)
        cluster.start()
        start = time.monotonic()
        while Browser(server).get("/sante/pret").status != 200 and time.monotonic() - start < 30:
            time.sleep(0.05)
        verdict.hold(f"PostgreSQL stopped ({how}): the process lives and says that it cannot serve, then that it can",
                     (live, ready) == (200, 503) and time.monotonic() - start < 10, live, ready,
                     f"{time.monotonic() - start:.2f} s after it")
    time.sleep(1)
    over.set()
    for thread in threads:
        thread.join()
    verdict.hold("meanwhile each is served or told to come back", statuses(answers) <= {202, 503}, tally(answers))
    verdict.hold("each submission that was taken is there, once", server.count("demandes") == len(taken), len(taken))
    codes = spread([lambda person=person: server.mailroom.code(person["courriel"], patience=90) for person in taken[-20:]])
    verdict.hold("… and each is sent its code, sooner or later", not any(isinstance(code, Exception) for code in codes),
                 [code for code in codes if isinstance(code, Exception)][:2])
    server.stop()
    verdict.hold("nothing panicked", "panicked" not in server.log_text())


for function in cases:
    if chosen.only not in ("", function.__name__):
        continue
    print(f"-- {function.__name__}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="acquis-driver-"))
    try:
        function(folder)
    except NotHere as lack:
        verdict.not_tried(function.__name__, lack)
    shutil.rmtree(folder, ignore_errors=True)
verdict.end()
