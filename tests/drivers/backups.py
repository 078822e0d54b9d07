#!/usr/bin/env python3
"""Backups made while people write hold what was acknowledged before they began, and open elsewhere under the same key.

  backups.py PROGRAM [--backups 3] [--writers 4] [--postgres URL]
"""

import shutil
import threading
import time

from kit import Browser, Mailroom, Person, Server, Verdict, arguments, drop_database, new_database, place, proof

chosen = arguments(__doc__, backups=(3, "backups, each put back"), writers=(4, "people at once"))
verdict, over, lock, ranks = Verdict(), threading.Event(), threading.Lock(), iter(range(100_000))
acknowledged, failures = {}, []


def write(server):
    """Opens accounts, each with a proof, until it is told to stop."""
    while not over.is_set():
        with lock:
            person = Person(next(ranks))
        browser, file = Browser(server), proof(50_000)
        answers = [browser.open_account(person), browser.declare("1", file)]
        if [answer.status for answer in answers] == [201, 201]:
            acknowledged[person["courriel"]] = (browser, file)
        else:
            failures.append([str(answer) for answer in answers])


def put_back(server, backup, folder, before):
    """The backup in another place, served there; what it lacks of what was acknowledged before it began."""
    database = new_database(chosen.postgres) if server.database else ""
    copy = Server(chosen.program, folder, Mailroom(), database)
    copy.data.mkdir()
    shutil.copy(server.data / "cle", copy.data / "cle")
    restored = copy.run("restaurer", str(backup))
    if restored.returncode:
        return [f"not put back: {restored.stderr}"]
    copy.start()
    missing = []
    for courriel, (old, _) in list(before.items())[-20:]:
        browser = Browser(copy)
        browser.cookies = dict(old.cookies)
        if browser.signed_in():
            missing.append(f"{courriel} is still signed in")
    for courriel, (_, file) in list(before.items())[-5:]:
        browser = Browser(copy)
        browser.sign_in(courriel)
        if [copy.proof_of(found["reference"]) for found in browser.declarations()] != [file]:
            missing.append(f"the proof of {courriel}")
    there = {row[0] for row in copy.query("SELECT courriel FROM comptes c JOIN declarations_dif d ON d.compte = c.id")}
    missing += sorted(set(before) - there)
    copy.stop()
    if database:
        drop_database(chosen.postgres, database)
    return missing


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder / "served", Mailroom(), database).start()
    threads = [threading.Thread(target=write, args=(server,)) for _ in range(chosen.writers)]
    for thread in threads:
        thread.start()
    for rank in range(chosen.backups):
        time.sleep(2.5)
        before, backup = dict(acknowledged), folder / f"backup{rank}"
        made = server.run("sauvegarder", str(backup))
        verdict.hold(f"backup {rank + 1} is made while people write", made.returncode == 0, made.stderr[-200:])
        tried = server.run("sauvegarde", "verifier", str(backup))
        verdict.hold("… is sound", tried.returncode == 0, tried.stderr[-200:])
        verdict.hold("… does not hold the key", not (backup / "cle").exists())
        missing = put_back(server, backup, folder / f"copy{rank}", before)
        verdict.hold("… and holds all that was acknowledged before, nobody signed in", not missing,
                     f"{len(before)} accounts with their proofs", *missing[:4])
    over.set()
    for thread in threads:
        thread.join()
    verdict.hold("nobody who wrote meanwhile was refused", not failures, *failures[:3])
    server.stop()
    verdict.quiet_log(server)
verdict.end()
