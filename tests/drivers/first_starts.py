#!/usr/bin/env python3
"""First starts, several at once and killed half-way: the next one succeeds, and nothing is spoilt.

  first_starts.py PROGRAM [--together 5] [--kills 40] [--postgres URL]
"""

import random
import time
from collections import Counter

from kit import Server, Verdict, arguments, drop_database, new_database, place

chosen = arguments(__doc__, together=(5, "times that four start at once"), kills=(40, "first starts that are killed"))
verdict, dice = Verdict(), random.Random()


def last_word(done):
    said = done.stderr.strip().splitlines()
    return (done.returncode, said[-1][:120] if said and done.returncode else "")


with place(chosen, verdict) as (folder, _):
    def anew(name):
        """A folder where nothing is, and an empty database."""
        return Server(chosen.program, folder / name, database=new_database(chosen.postgres) if chosen.postgres else "")

    ends, after = Counter(), Counter()
    for rank in range(chosen.together):
        server = anew(f"together{rank}")
        started = [server.begin("migrer") for _ in range(4)]
        ends.update(process.wait(timeout=120) for process in started)
        after[last_word(server.run("demo"))] += 1
        if server.database:
            drop_database(chosen.postgres, server.database)
    verdict.hold("four first starts at once all succeed", set(ends) == {0}, dict(ends))
    verdict.hold("… and the next one too", set(after) == {(0, "")}, dict(after))

    calm = anew("calm")
    assert calm.run("demo").returncode == 0
    everybody, after, wrong = calm.count("personnes"), Counter(), 0
    for rank in range(chosen.kills):
        server = anew(f"killed{rank}")
        process = server.begin("demo")
        time.sleep(dice.uniform(0, 0.25))
        process.kill()
        process.wait()
        after[last_word(server.run("demo"))] += 1
        wrong += server.count("personnes") != everybody
        if not server.database:
            wrong += server.query("PRAGMA integrity_check") != [["ok"]]
        else:
            drop_database(chosen.postgres, server.database)
    if calm.database:
        drop_database(chosen.postgres, calm.database)
    verdict.hold("a first start killed in its first quarter of a second starts again", set(after) == {(0, "")}, dict(after))
    verdict.hold("… with everybody, once", not wrong, wrong)
verdict.end()
