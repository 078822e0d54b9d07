#!/usr/bin/env python3
"""Two tabs of many people at the same instant: one account, one declaration, one dispute each, and nothing fails.

  tabs.py PROGRAM [--people 60] [--postgres URL]
"""

import os
import uuid

from kit import (Browser, Mailroom, Person, Server, Verdict, arguments, place, proof, spread, statuses, tally, together)

chosen = arguments(__doc__, people=(60, "people with two tabs each"))
verdict, number = Verdict(), chosen.people


def two_tabs(works):
    """Each work from two tabs, all at once; the two answers of each."""
    answers = together([work for work in works for _ in range(2)])
    return list(zip(answers[::2], answers[1::2]))


def flat(pairs):
    return [answer for pair in pairs for answer in pair]


def one_key(server):
    """The same submission from two tabs: one request, and the code opens it in both."""
    people, browsers = [Person(rank) for rank in range(number)], [Browser(server) for _ in range(number)]
    keys = [uuid.uuid4().hex for _ in people]
    asked = two_tabs([lambda place=place: browsers[place].ask_account(people[place], keys[place])
                      for place in range(number)])
    verdict.hold("a submission sent by two tabs under one key is taken in both", statuses(flat(asked)) == {202},
                 tally(flat(asked)))
    verdict.hold("… and answered the same", all(first.body == second.body for first, second in asked))
    verdict.hold("… and is one request", server.count("demandes") == number, server.count("demandes"))
    codes = [server.mailroom.code(person["courriel"]) for person in people]
    tabs = [browser.same() for browser in browsers]
    confirmed = together([lambda place=place, tab=tab: tab[place].confirm(codes[place])
                          for place in range(number) for tab in (browsers, tabs)])
    verdict.hold("the code typed in two tabs at once opens both", statuses(confirmed) == {201}, tally(confirmed))
    verdict.hold("… and each is signed in", all(found is True for found in spread(
        [browser.signed_in for browser in (*browsers, *tabs)])))
    verdict.hold("… on one account each", server.count("comptes") == number, server.count("comptes"))
    letters = [len([letter for letter in server.mailroom.to(person["courriel"]) if letter.code]) for person in people]
    verdict.hold("… with one code each", set(letters) == {1}, set(letters))
    return people, browsers


def two_keys(server):
    """Two tabs that do not know each other: two requests, two codes, one account."""
    people = [Person(number + rank) for rank in range(number)]
    tabs = [(Browser(server), Browser(server)) for _ in people]
    asked = together([lambda tab=tab, person=person: tab.ask_account(person)
                      for person, pair in zip(people, tabs) for tab in pair])
    verdict.hold("a submission sent by two tabs under two keys is taken in both", statuses(asked) == {202}, tally(asked))
    codes = []
    for person in people:
        server.mailroom.wait(person["courriel"], after=1)
        codes.append([letter.code for letter in server.mailroom.to(person["courriel"])])
    before = server.count("comptes")
    # Nobody knows which code is which tab's: each tries both, as a person would.
    confirmed = together([lambda tab=tab, both=both: next((answer for answer in map(tab.confirm, both)
                                                           if answer.status != 422), None)
                          for pair, both in zip(tabs, codes) for tab in pair])
    verdict.hold("two codes for one person, typed at once: one opens, the other is told that the way is closed",
                 tally(confirmed) == {"201": number, "409 compte_impossible": number}, tally(confirmed))
    verdict.hold("… and each person has one account", server.count("comptes") - before == number)


def one_person(server):
    """Twice as many browsers, one person."""
    person, browsers = Person(2 * number), [Browser(server) for _ in range(2 * number)]
    before = server.count("comptes")
    asked = together([lambda browser=browser: browser.ask_account(person) for browser in browsers])
    verdict.hold("one person asked for by many browsers at once: all are answered the same", statuses(asked) == {202},
                 tally(asked))
    server.mailroom.wait(person["courriel"], after=9)
    codes = [letter.code for letter in server.mailroom.to(person["courriel"])]
    verdict.hold("… and the mailbox is not flooded", 1 <= len(codes) <= 10, len(codes))
    answers = together([lambda browser=browser: [browser.confirm(code) for code in codes[:4]] for browser in browsers])
    opened = [answer for some in answers for answer in some if answer.status == 201]
    verdict.hold("… and all the codes together open one account", server.count("comptes") - before <= 1, len(opened))
    verdict.hold("… without a fault of ours", all(answer.status < 500 for some in answers for answer in some))


def declarations(server, people, browsers):
    file, keys = proof(20_000), [uuid.uuid4().hex for _ in people]
    declared = two_tabs([lambda place=place: browsers[place].same().declare("3", file, key=keys[place])
                         for place in range(number)])
    verdict.hold("a DIF sent by two tabs is answered the same in both", statuses(flat(declared)) == {201}
                 and all(first.body == second.body for first, second in declared), tally(flat(declared)))
    kept = spread([lambda browser=browser: len(browser.declarations()) for browser in browsers])
    verdict.hold("… and declared once", set(kept) == {1}, set(kept))
    lines = spread([browser.first_line for browser in browsers])
    keys = [uuid.uuid4().hex for _ in people]
    disputed = two_tabs([lambda place=place: browsers[place].same().dispute(lines[place], "Je conteste.", keys[place])
                         for place in range(number)])
    verdict.hold("a dispute sent by two tabs is taken in both", statuses(flat(disputed)) == {201}, tally(flat(disputed)))
    kept = spread([lambda browser=browser: len(browser.disputes()) for browser in browsers])
    verdict.hold("… and filed once", set(kept) == {1}, set(kept))
    answers = together([lambda: browsers[0].same().declare("1", file) for _ in range(2 * number)])
    kept = len(browsers[0].declarations())
    verdict.hold("declarations of one account all at once stop at twenty", kept == min(20, 1 + 2 * number),
                 kept, tally(answers))
    verdict.hold("as many files as proofs", len(os.listdir(server.data / "pieces")) == server.count("pieces"))


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder, Mailroom(), database).start()
    declarations(server, *one_key(server))
    two_keys(server)
    one_person(server)
    verdict.hold("nobody has two accounts", not server.query("SELECT personne FROM comptes GROUP BY personne HAVING COUNT(*) > 1"))
    server.stop()
    verdict.quiet_log(server)
verdict.end()
