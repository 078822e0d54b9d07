#!/usr/bin/env python3
"""A confirmation cut by kill -9 and sent again opens one account, and one session at least; so does a new password.

Many people have their code in hand and type it at the same time; the server dies meanwhile and starts again; who got no
answer sends the same again, as a browser does. The same with codes of « mot de passe oublié ».

  cut_confirmations.py PROGRAM [--rounds 5] [--people 14] [--postgres URL]
"""

import random
import threading
import time

from kit import PASSWORD, Browser, Mailroom, Person, Server, Verdict, arguments, cut, place, spread

chosen = arguments(__doc__, rounds=(5, "kills of each kind"), people=(14, "at once"))
verdict, dice, NEW = Verdict(), random.Random(), "girafe violette du jeudi"
cuts = {"cut": 0, "answered": 0, "done before the cut": 0}


def interrupted(server, works):
    """All at once; the server dies after some answers, and starts again. What each got."""
    results, done = [None] * len(works), threading.Semaphore(0)

    def one(place):
        results[place] = cut(works[place])
        done.release()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for _ in range(dice.randrange(len(works) // 2)):
        done.acquire()
    time.sleep(dice.uniform(0, 0.01))
    server.kill()
    for thread in threads:
        thread.join()
    server.start()
    return results


def confirmations(server, people):
    browsers = [Browser(server) for _ in people]
    asked = spread([lambda browser=browser, person=person: browser.ask_account(person)
                    for browser, person in zip(browsers, people)])
    assert all(answer.status == 202 for answer in asked), asked
    codes = [server.mailroom.code(person["courriel"]) for person in people]
    first = interrupted(server, [lambda browser=browser, code=code: browser.confirm(code)
                                 for browser, code in zip(browsers, codes)])
    opened = {row[0] for row in server.query("SELECT courriel FROM comptes")}
    for person, browser, code, answer in zip(people, browsers, codes, first):
        courriel = person["courriel"]
        if not isinstance(answer, Exception):
            cuts["answered"] += 1
            if answer.status != 201 or not browser.signed_in():
                verdict.hold("what was answered before the kill stands after it", False, courriel, answer)
            continue
        cuts["cut"] += 1
        cuts["done before the cut"] += courriel in opened
        again = browser.confirm(code)
        if again.status != 201 or not browser.signed_in():
            verdict.hold("a confirmation that was cut is sent again and opens the account", False, courriel, again)
        elsewhere = Browser(server).confirm(code)
        if elsewhere.status < 400:
            verdict.hold("the code alone opens nothing in another browser", False, courriel, elsewhere)
    return browsers


def recoveries(server, people):
    browsers = [Browser(server) for _ in people]
    seen = [len(server.mailroom.to(person["courriel"])) for person in people]
    asked = spread([lambda browser=browser, person=person: browser.recover(person["courriel"])
                    for browser, person in zip(browsers, people)])
    assert all(answer.status == 202 for answer in asked), asked
    codes = [server.mailroom.code(person["courriel"], after) for person, after in zip(people, seen)]
    first = interrupted(server, [lambda browser=browser, code=code: browser.choose_password(code, NEW)
                                 for browser, code in zip(browsers, codes)])
    for person, browser, code, answer in zip(people, browsers, codes, first):
        courriel = person["courriel"]
        if isinstance(answer, Exception):
            cuts["cut"] += 1
            answer = browser.choose_password(code, NEW)
        else:
            cuts["answered"] += 1
        if answer.status != 200 or not browser.signed_in():
            verdict.hold("a new password that was cut is sent again and connects", False, courriel, answer)
        ways = [Browser(server).sign_in(courriel, word).status for word in (NEW, PASSWORD)]
        if ways != [200, 401]:
            verdict.hold("the new password opens the account, and the old one does not", False, courriel, ways)


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder, Mailroom(), database).start()
    for rank in range(chosen.rounds):
        people = [Person(rank * 100 + other) for other in range(chosen.people)]
        confirmations(server, people)
        recoveries(server, people)
    accounts = chosen.rounds * chosen.people
    verdict.hold("one account each, none lost", server.count("comptes") == accounts, server.count("comptes"), "of", accounts)
    without = server.query("SELECT c.id FROM comptes c WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.compte = c.id)")
    verdict.hold("one session each at least", not without, len(without), "without")
    verdict.hold("the kills fell in the middle", cuts["cut"] and cuts["answered"], cuts)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
