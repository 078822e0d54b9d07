#!/usr/bin/env python3
"""What one person can make the server spend is bounded: memory, and what others wait meanwhile.

  load.py PROGRAM [--exports 8] [--uploads 30] [--guesses 120]
"""

import statistics
import threading
import time

from kit import Browser, Mailroom, Person, Server, Verdict, arguments, place, proof, statuses, tally, together

chosen = arguments(__doc__, postgres=False, exports=(8, "at once"), uploads=(30, "at once"), guesses=(120, "at once"))
verdict, WAIT = Verdict(), 8.0


def meanwhile(what, server, other, works, expected, megabytes):
    """All the works at once; how much memory they take, and how long somebody else waits for their statement."""
    server.forget_peak()
    before, over, waits = server.memory(), threading.Event(), []

    def watch():
        while not over.is_set():
            start = time.monotonic()
            answer = other.same().get("/api/historique")
            waits.append(time.monotonic() - start if answer.status == 200 else 60.0)
            time.sleep(0.05)

    witness = threading.Thread(target=watch)
    witness.start()
    start = time.monotonic()
    answers = together(works)
    duration = time.monotonic() - start
    over.set()
    witness.join()
    verdict.hold(f"{what}: answered, or told to come back", statuses(answers) <= expected, tally(answers), f"{duration:.1f} s")
    peak = server.memory("VmHWM") - before
    verdict.hold(f"… at most {megabytes} MiB more", peak <= megabytes, f"{before} MiB, {peak} more at the peak")
    verdict.hold(f"… and somebody else waits at most {WAIT:.0f} s", max(waits) <= WAIT,
                 f"median {statistics.median(waits) * 1000:.0f} ms, worst {max(waits) * 1000:.0f} ms")


with place(chosen, verdict) as (folder, _):
    server = Server(chosen.program, folder, Mailroom(), tentatives_compte=10_000).start()
    spender, other = Browser(server), Browser(server)
    assert spender.open_account(Person(1)).status == 201 and other.open_account(Person(2)).status == 201
    file = proof(9_990_000)
    for _ in range(10):
        assert spender.declare("1", file).status == 201
    # Proving who they are ends their sessions.
    reference = spender.get("/api/profil").json["reference"]
    server.run("comptes", reference, "--prouver", "--preuve", "carte vue", "--agent", "Driver")
    assert spender.sign_in(Person(1)["courriel"]).status == 200
    for what, times in ("an export of 100 MB", 1), (f"{chosen.exports} of them at once by one person", chosen.exports):
        assert spender.allow_export().status == 204
        meanwhile(what, server, other, [lambda: spender.same().get("/api/profil/export/entier")] * times, {200, 410, 429}, 100)
    meanwhile(f"{chosen.uploads} files of 10 MB at once by one person", server, other,
              [lambda: spender.same().declare("1", file)] * chosen.uploads, {201, 409}, 250)
    # Each password judged takes 19 MiB (argon2id), a few at a time.
    meanwhile(f"{chosen.guesses} wrong sign-ins at once", server, other,
              [lambda rank=rank: Browser(server).sign_in(f"x{rank}@example.org", "x") for rank in range(chosen.guesses)],
              {401, 429, 503}, 250)
    meanwhile(f"{chosen.guesses} sign-ups at once", server, other,
              [lambda rank=rank: Browser(server).ask_account(Person(100 + rank)) for rank in range(chosen.guesses)],
              {202, 429, 503}, 250)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
