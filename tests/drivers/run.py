#!/usr/bin/env python3
"""Runs the drivers one after another, on each engine where that changes something, and says what held in one table.

  run.py PROGRAM [NAME…] [--postgres URL]     (a server where databases can be made: postgres://user@host:port/postgres)
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

SQLITE, POSTGRES, BOTH = ("SQLite",), ("PostgreSQL",), ("SQLite", "PostgreSQL")
# Each driver, where it runs when nobody says more, and what makes it short on the second engine.
DRIVERS = {
    "attacks": (SQLITE, ()),
    "squatter": (SQLITE, ()),
    "guesses": (BOTH, ()),
    "answers": (SQLITE, ()),
    "mail_once": (POSTGRES, ()),
    "kills": (BOTH, ("--seconds", "20")),
    "cut_confirmations": (BOTH, ("--rounds", "3")),
    "tabs": (BOTH, ("--people", "40")),
    "closings": (SQLITE, ()),
    "leaks": (SQLITE, ()),
    "outages": (SQLITE, ()),
    "first_starts": (SQLITE, ()),
    "backups": (BOTH, ("--backups", "2")),
    "killed_imports": (SQLITE, ()),
    "imports_while_serving": (SQLITE, ()),
    "proxies": (SQLITE, ()),
    "odd_http": (SQLITE, ()),
    "load": (SQLITE, ()),
    "slow_clients": (SQLITE, ()),
}
WORDS = {0: "held", 1: "BROKEN", 2: "not tried whole"}

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("program")
parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(DRIVERS))
parser.add_argument("--postgres", default="", metavar="URL")
chosen = parser.parse_args()
if unknown := [name for name in chosen.names if name not in DRIVERS]:
    parser.error(f"no driver is called {unknown[0]}: {', '.join(DRIVERS)}")

rows, here = [], Path(__file__).parent
for name in chosen.names or DRIVERS:
    engines, shorter = DRIVERS[name]
    for engine in engines:
        words = [sys.executable, here / f"{name}.py", chosen.program]
        if engine == "PostgreSQL":
            if not chosen.postgres:
                print(f"\n== {name} on PostgreSQL: NOT TRIED, for want of --postgres", flush=True)
                rows.append((name, engine, 2, 0.0))
                continue
            words += ["--postgres", chosen.postgres, *(shorter if engine != engines[0] else ())]
        print(f"\n== {name} on {engine}", flush=True)
        start = time.monotonic()
        code = subprocess.run(words).returncode
        rows.append((name, engine, code, time.monotonic() - start))

print()
for name, engine, code, seconds in rows:
    print(f"{name:22} {engine:11} {WORDS.get(code, 'BROKEN'):16} {seconds:5.0f} s")
codes = {code for _, _, code, _ in rows}
print(f"{'all':22} {'':11} {'':16} {sum(row[3] for row in rows):5.0f} s")
sys.exit(1 if codes - {0, 2} else 2 if 2 in codes else 0)
