#!/usr/bin/env python3
"""While `acquis importer` and `alimenter` work on the database that is served, people read and write as before.

A reader and a writer, five times a second each, during a dry run, the real import and the yearly credit.

  imports_while_serving.py PROGRAM [--lines 40000] [--postgres URL]
"""

import statistics
import threading
import time

from kit import Browser, Mailroom, Person, Server, Verdict, activites, arguments, place, tally

chosen = arguments(__doc__, lines=(40_000, "years of work"))
verdict, READ, WRITTEN = Verdict(), 3.0, 8.0


def during(server, browser, person, what, *words):
    over, answers = threading.Event(), {"reads": [], "writes": []}

    def again(kind, work):
        rank = 0
        while not over.is_set():
            start, rank = time.monotonic(), rank + 1
            answers[kind].append((work(rank), time.monotonic() - start))
            time.sleep(0.2)

    threads = [
        threading.Thread(target=again, args=("reads", lambda _: browser.same().get("/api/historique"))),
        threading.Thread(target=again, args=("writes", lambda rank: browser.same().ask_telephone(
            person, f"0639{980000 + rank % 9999}"))),
    ]
    for thread in threads:
        thread.start()
    start = time.monotonic()
    done = server.run(*words)
    duration = time.monotonic() - start
    over.set()
    for thread in threads:
        thread.join()
    verdict.hold(f"{what} goes to its end", done.returncode == 0, f"{duration:.1f} s", done.stderr[-200:])
    for kind, most in (("reads", READ), ("writes", WRITTEN)):
        times = [spent for _, spent in answers[kind]]
        found = tally(answer for answer, _ in answers[kind])
        verdict.hold(f"… meanwhile all {kind} are answered, within {most:.0f} s", set(found) == {"200" if kind == "reads" else "202"} and max(times) < most,
                     found, f"median {statistics.median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms")


with place(chosen, verdict) as (folder, database):
    file = activites(folder / "a.csv", [(Person(line // 2), 2023 + line % 2, 1607, "E") for line in range(chosen.lines)])
    server, person = Server(chosen.program, folder, Mailroom(), database).start(), Person(500_000)
    browser = Browser(server)
    assert browser.open_account(person).status == 201
    during(server, browser, person, "a dry run", "importer", "activites", "--a-blanc", file)
    during(server, browser, person, "an import", "importer", "activites", file)
    during(server, browser, person, "a yearly credit", "alimenter", "--annee", "2024")
    server.stop()
    verdict.quiet_log(server)
verdict.end()
