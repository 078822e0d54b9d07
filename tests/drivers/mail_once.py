#!/usr/bin/env python3
"""Two servers on one PostgreSQL send each letter once; one that is killed loses none.

People ask, confirm, lose their password and change it, at either server in turn, while both look at the same outbox. Then
one is killed under load: what it had taken and not noted leaves again after some minutes, by the other; until then it
waits in the outbox.

  mail_once.py PROGRAM --postgres URL [--people 60]
"""

import time
from collections import Counter

from kit import Browser, Mailroom, Person, Server, Verdict, arguments, cut, place, spread, tally

chosen = arguments(__doc__, people=(60, "people"))
verdict, NEW = Verdict(), "girafe violette du jeudi"


def settled(server, room, patience=30):
    """Waits until nothing is left to examine or to send."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        waiting = server.count("courriers WHERE sort = 'attend'") + server.count("demandes WHERE etat = 'a_examiner'")
        if not waiting:
            return
        time.sleep(0.2)


def subjects(room, courriel):
    return Counter(letter.subject for letter in room.to(courriel))


def lives(pair, room, people):
    """Each person goes from one server to the other at each step."""
    browsers = []
    for rank, person in enumerate(people):
        browser = Browser(pair[rank % 2])
        browsers.append(browser)
    asked = spread([lambda one=one, person=person: one.ask_account(person) for one, person in zip(browsers, people)])
    for rank, browser in enumerate(browsers):
        browser.port = pair[(rank + 1) % 2].port
    confirmed = spread([lambda one=one, person=person: one.confirm(room.code(person["courriel"]))
                        for one, person in zip(browsers, people)])
    verdict.hold("who asked one server confirms at the other", tally(asked) == {"202": len(people)}
                 and tally(confirmed) == {"201": len(people)}, tally(asked), tally(confirmed))
    others = [Browser(pair[rank % 2]) for rank in range(len(people))]
    spread([lambda one=one, person=person: one.recover(person["courriel"]) for one, person in zip(others, people)])
    for rank, browser in enumerate(others):
        browser.port = pair[(rank + 1) % 2].port
    given = spread([lambda one=one, person=person: one.choose_password(room.code(person["courriel"], after=1), NEW)
                    for one, person in zip(others, people)])
    verdict.hold("… and gets back in", tally(given) == {"200": len(people)}, tally(given))
    changed = spread([lambda one=one, person=person: one.change_password(NEW, NEW + " prochain")
                      for one, person in zip(others, people)])
    verdict.hold("… and changes the password", tally(changed) == {"204": len(people)}, tally(changed))


def once(server, room, people):
    settled(server, room)
    time.sleep(2)
    numbers = Counter(letter.number for letter in room.letters)
    twice = [number for number, times in numbers.items() if times > 1]
    verdict.hold("no letter left twice", not twice, len(numbers), "letters", *twice[:3])
    posted = server.count("courriers")
    verdict.hold("each letter that was posted left", len(numbers) == posted, len(numbers), "of", posted)
    kinds = {tuple(sorted(subjects(room, person["courriel"]).items())) for person in people}
    verdict.hold("each person got the same letters, one of each kind", len(kinds) == 1
                 and all(times == 1 for _, times in next(iter(kinds))), *kinds)


def killed(pair, room, people):
    """One server dies while letters leave."""
    first, second = pair
    room.hold = 0.2
    before, posted_before = len(room.letters), second.count("courriers")
    spread([lambda person=person: cut(lambda: Browser(second).ask_account(person)) for person in people])
    time.sleep(1.2)
    first.kill()
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and second.count("courriers WHERE sort = 'attend' AND pas_avant <= "
                                                       f"{int(time.time() * 1000)}"):
        time.sleep(0.5)
    settled(second, room, patience=3)
    arrived = {letter.number.strip("<>").split("@")[0] for letter in room.letters[before:]}
    rows = dict(second.query("SELECT id, sort FROM courriers"))
    left = {number for number, fate in rows.items() if fate == "parti"}
    waiting = {number for number, fate in rows.items() if fate == "attend"}
    given_up = set(rows) - left - waiting
    verdict.hold("a server that dies loses no letter: each has left or waits", not given_up and len(rows) - posted_before
                 == len(people), f"{len(rows) - posted_before} posted, {len(waiting)} wait")
    verdict.hold("… at most as many wait as it had under way", len(waiting) <= 4, len(waiting))
    verdict.hold("… what is noted as sent has arrived", left <= arrived | {
        letter.number.strip("<>").split("@")[0] for letter in room.letters[:before]})
    twice = [number for number, times in Counter(letter.number for letter in room.letters).items() if times > 1]
    verdict.hold("… and none has left twice meanwhile", not twice, *twice[:3])


if not chosen.postgres:
    verdict.not_tried("two servers on one database", "SQLite has one; give --postgres")
    verdict.end()
with place(chosen, verdict) as (folder, database):
    room = Mailroom()
    # One key for both: what one seals the other opens.
    key = "ab" * 32
    pair = [Server(chosen.program, folder / name, room, database, cle=key, pieces=f"file://{folder}/pieces")
            for name in ("first", "second")]
    for server in pair:
        server.start()
    people = [Person(rank) for rank in range(chosen.people)]
    lives(pair, room, people)
    once(pair[0], room, people)
    killed(pair, room, [Person(10_000 + rank) for rank in range(chosen.people)])
    pair[1].stop()
    for server in pair:
        verdict.quiet_log(server)
verdict.end()
