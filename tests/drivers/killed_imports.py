#!/usr/bin/env python3
"""Imports and yearly credits killed at random, two at once, then let finish: the same rows as if nobody had disturbed them.

  killed_imports.py PROGRAM [--lines 9000] [--kills 16] [--postgres URL]
"""

import hashlib
import random
import time

from kit import Person, Server, Verdict, activites, arguments, drop_database, new_database, place

chosen = arguments(__doc__, lines=(9_000, "years of work"), kills=(16, "kills"))
verdict, dice = Verdict(), random.Random()


def state(server):
    """People, years and the ledger, without the identifiers and the moments that are drawn anew each time."""
    people = server.query("SELECT COUNT(*) FROM personnes")[0][0]
    years = server.query("SELECT p.nom_naissance, a.annee, a.travail, a.origine FROM activites a "
                         "JOIN personnes p ON p.id = a.personne")
    ledger = server.query("SELECT p.nom_naissance, e.annee, e.rang, e.date, e.centimes, e.heures, e.retenu "
                          "FROM ecritures e JOIN personnes p ON p.id = e.personne")
    digest = hashlib.sha256(repr((sorted(years), sorted(ledger))).encode()).hexdigest()[:16]
    return people, len(years), len(ledger), digest


with place(chosen, verdict) as (folder, database):
    known = random.Random(7)
    file = activites(folder / "a.csv", [(Person(line // 3), 2022 + line % 3, known.randrange(1, 1_608), line % 2)
                                        for line in range(chosen.lines)])
    commands = [("importer", "activites", file), *(("alimenter", "--annee", str(year)) for year in (2022, 2023, 2024))]
    calm = Server(chosen.program, folder / "calm", database=new_database(chosen.postgres) if database else "")
    start = time.monotonic()
    for words in commands:
        done = calm.run(*words)
        assert done.returncode == 0, (words, done.stderr)
    duration = (time.monotonic() - start) / len(commands)
    expected = state(calm)
    verdict.tell("undisturbed:", expected, f"{duration:.2f} s a command")

    disturbed, kills = Server(chosen.program, folder / "disturbed", database=database), 0
    assert disturbed.run("migrer").returncode == 0
    while kills < chosen.kills:
        # The first half strikes imports, the second credits as well.
        words = commands[0] if kills < chosen.kills // 2 else dice.choice(commands)
        processes = [disturbed.begin(*words)]
        if dice.random() < 0.4:
            processes.append(disturbed.begin(*words))
        time.sleep(dice.uniform(0.01, duration * 1.2))
        for process in processes:
            kills += process.poll() is None
            process.kill()
            process.wait()
    ends = [disturbed.run(*words).returncode for words in commands]
    verdict.hold("after the kills each command goes to its end", ends == [0] * len(commands), ends)
    verdict.hold(f"killed {kills} times, the same rows", state(disturbed) == expected, state(disturbed))
    if not database:
        verdict.hold("the file of the database is sound", disturbed.query("PRAGMA integrity_check") == [["ok"]])
        verdict.hold("no reference leads nowhere", disturbed.query("PRAGMA foreign_key_check") == [])
    if database:
        drop_database(chosen.postgres, calm.database)
verdict.end()
