#!/usr/bin/env python3
"""Codes guessed in parallel: never more than five tries for a code, nor five codes for a request, known or not.

  guesses.py PROGRAM [--guesses 60] [--postgres URL]
"""

from kit import PASSWORD, Browser, Mailroom, Person, Server, Verdict, arguments, place, tally, together

chosen = arguments(__doc__, guesses=(60, "at once"))
verdict, TRIES, CODES, NEW = Verdict(), 5, 5, "girafe violette du jeudi"


def wrong(code, number):
    """So many other codes."""
    return [f"{(int(code or 0) + step) % 1_000_000:06}" for step in range(1, number + 1)]


def judged(answers):
    """How many were judged, and how many were told that the code serves no more."""
    faults = [answer.faults.get("code") for answer in answers]
    return faults.count("code_faux"), faults.count("code_epuise")


def guess(what, browser, send, code):
    """Wrong ones at once, each from a tab of its own; then the right one, which comes too late."""
    answers = together([lambda guessed=guessed: send(browser.same(), guessed) for guessed in wrong(code, chosen.guesses)])
    tried, spent = judged(answers)
    verdict.hold(f"{what}: {chosen.guesses} guesses at once are {TRIES} tries", tried == TRIES
                 and tried + spent == len(answers), tally(answers), f"judged {tried}, too late {spent}")
    if code:
        late = send(browser.same(), code)
        verdict.hold(f"{what}: the right code comes too late then", judged([late]) == (0, 1), late)


def confirm(browser, code):
    return browser.confirm(code)


def choose(browser, code):
    return browser.choose_password(code, NEW)


def one_right(what, server, browser, send, code, good):
    """The right one among wrong ones, at once: one of the tries at most, and the code stays what it is afterwards."""
    guessed = [*wrong(code, 19), code]
    answers = together([lambda one=one: send(browser.same(), one) for one in guessed])
    opened = sum(answer.status == good for answer in answers)
    verdict.hold(f"{what}: the right one among nineteen wrong ones opens once, or comes too late", opened <= 1
                 and judged(answers)[0] <= TRIES and all(answer.status < 500 for answer in answers), tally(answers))


def sign_up(server):
    person, browser, room = Person(1), Browser(server), server.mailroom
    browser.ask_account(person)
    for rank in range(CODES):
        code = room.code(person["courriel"], after=rank)
        guess(f"sign-up, code {rank + 1}", browser, confirm, code)
        asked = browser.post("/api/inscription/code", {"courriel": person["courriel"]})
        expected = 202 if rank + 1 < CODES else 409
        verdict.hold(f"asking for code {rank + 2} answers {expected}", asked.status == expected, asked)
    verdict.hold("guessing opened nothing", server.count("comptes") == 0)


def many_codes(server):
    """Codes asked for by many tabs at once."""
    person, browser = Person(2), Browser(server)
    browser.ask_account(person)
    server.mailroom.code(person["courriel"])
    answers = together([lambda: browser.same().post("/api/inscription/code", {"courriel": person["courriel"]})
                        for _ in range(20)])
    letters, before = [], None
    # Until no more come: on a loaded machine the last one is late.
    while letters != before:
        before = letters
        server.mailroom.wait(person["courriel"], after=len(letters), patience=4)
        letters = [letter.code for letter in server.mailroom.to(person["courriel"])]
    verdict.hold("twenty tabs that ask for a code at once get five in all at most", len(letters) <= CODES
                 and all(answer.status < 500 for answer in answers), tally(answers), "letters", len(letters))
    early = browser.confirm(letters[0])
    verdict.hold("a former code opens nothing", len(letters) == 1 or early.status == 422, early)
    last = browser.confirm(letters[-1])
    verdict.hold("the last one does", last.status == 201, last)
    one_right_person = Person(3)
    browser = Browser(server)
    browser.ask_account(one_right_person)
    one_right("sign-up", server, browser, confirm, server.mailroom.code(one_right_person["courriel"]), 201)


def nobody_was_sent_one(server):
    """A request that nothing will come of is guessed at just the same."""
    person = Person(4)
    opened = Browser(server).open_account(person)
    assert opened.status == 201, opened
    stranger = Browser(server)
    stranger.ask_account(Person(5).but(courriel=person["courriel"]))
    server.mailroom.wait(person["courriel"], after=1)
    guess("sign-up with the e-mail of an account", stranger, confirm, None)
    stranger = Browser(server)
    stranger.ask_account(person.but(courriel="autre@example.org"))
    server.mailroom.wait("autre@example.org")
    guess("sign-up with the NIR of an account", stranger, confirm, None)
    stranger = Browser(server)
    stranger.recover("personne@example.org")
    server.mailroom.wait("personne@example.org")
    guess("recovery of no account", stranger, choose, None)
    return person


def recovery(server, person):
    browser, seen = Browser(server), len(server.mailroom.to(person["courriel"]))
    browser.recover(person["courriel"])
    guess("recovery", browser, choose, server.mailroom.code(person["courriel"], after=seen))
    verdict.hold("guessing changed no password", Browser(server).sign_in(person["courriel"], PASSWORD).status == 200)
    browser, seen = Browser(server), len(server.mailroom.to(person["courriel"]))
    browser.recover(person["courriel"])
    one_right("recovery", server, browser, choose, server.mailroom.code(person["courriel"], after=seen), 200)


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder, Mailroom(), database).start()
    sign_up(server)
    many_codes(server)
    recovery(server, nobody_was_sent_one(server))
    server.stop()
    verdict.quiet_log(server)
verdict.end()
