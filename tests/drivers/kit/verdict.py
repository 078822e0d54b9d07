"""What a driver is given, and what it found."""

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from .server import drop_database, new_database


class Verdict:
    """What held and what did not, said as it is found."""

    def __init__(self):
        self.counts = Counter()

    def hold(self, promise, held, *found):
        word = "held" if held else "BROKEN"
        self.counts[word] += 1
        said = " ".join(filter(None, map(str, found)))
        print(f"{word:7} {promise}{': ' if said else ''}{said}", flush=True)
        return held

    def tell(self, *words):
        """A figure that is judged by nobody."""
        print("       ", *words, flush=True)

    def not_tried(self, what, why):
        self.counts["not tried"] += 1
        print(f"NOT TRIED {what}: {why}", flush=True)

    def quiet_log(self, server, *allowed):
        """Nothing panicked, and no fault of ours is in the log, but for lines that hold one of these words."""
        faults = [line for line in server.faults() if not any(word in line for word in allowed)]
        self.hold("no panic and no error of ours in the log", not faults, *faults[:3])

    def code(self):
        return 1 if self.counts["BROKEN"] else 2 if self.counts["not tried"] else 0

    def end(self):
        print(", ".join(f"{count} {word}" for word, count in sorted(self.counts.items())) or "nothing was tried")
        sys.exit(self.code() if self.counts else 1)


def arguments(description, postgres=True, **numbers):
    """The path of the program, and the driver's own numbers with what they are by default."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("program", help="path of the program acquis, in release for times that mean something")
    if postgres:
        parser.add_argument("--postgres", default="", metavar="URL",
                            help="run on a new database of this PostgreSQL: postgres://user@host:port/postgres")
    for name, (default, what) in numbers.items():
        parser.add_argument("--" + name.replace("_", "-"), default=default, type=type(default), help=f"{what} ({default})")
    chosen = parser.parse_args()
    chosen.program = os.path.abspath(chosen.program)
    return chosen


@contextlib.contextmanager
def place(chosen, verdict):
    """A folder, and the address of a database when one is asked for; both go away unless something broke."""
    folder = Path(tempfile.mkdtemp(prefix="acquis-driver-"))
    server = getattr(chosen, "postgres", "")
    database = new_database(server) if server else ""
    print(f"on {'PostgreSQL' if database else 'SQLite'}", flush=True)
    try:
        yield folder, database
    except BaseException:
        print(f"kept for a look: {folder} {database}", flush=True)
        raise
    if verdict.counts["BROKEN"]:
        print(f"kept for a look: {folder} {database}", flush=True)
        return
    shutil.rmtree(folder, ignore_errors=True)
    if database:
        drop_database(server, database)
