#!/usr/bin/env python3
"""Nothing secret is in the log, at its most talkative, nor readable on the disk; nothing at all once the account is closed.

A whole journey, wrong turns included: a sign-up that waits, its code, the account, what one does with one, a lost
password, the closing. Then every file of the server is searched.

  leaks.py PROGRAM
"""

import os
import re
import stat

from kit import PASSWORD, Browser, Mailbox, Person, Server, Verdict, arguments, place

chosen = arguments(__doc__, postgres=False)
verdict, NEW, LAST = Verdict(), "girafe violette du jeudi", "trois chouettes au balcon"


class Secrets:
    """What must not be found, by what it is."""

    def __init__(self, person):
        nir = person["nir"]
        # Readable by nobody, ever.
        self.secret = {
            "NIR": nir,
            "NIR with spaces": " ".join(re.match(r"(.)(..)(..)(..)(...)(...)", nir).groups()),
            "password": PASSWORD, "new password": NEW, "last password": LAST,
            "bytes of the proof": "CONTENU-DU-JUSTIFICATIF",
        }
        # In clear in the database while the account is open (decision 0006), nowhere before and after, and never in the log.
        self.personal = {
            "name": person["nom_naissance"], "e-mail": person["courriel"], "telephone": person["telephone_mobile"][1:],
            "dispute": "RAISON-TRES-PERSONNELLE",
        }

    def add(self, **more):
        self.secret |= {what: value for what, value in more.items() if value}


def found(path, wanted):
    content = path.read_bytes()
    return [what for what, text in wanted.items() if text.encode() in content]


def look(server, when, secrets, personal_may_be):
    """Every file of the data, and the log."""
    in_log = found(server.log, secrets.secret | secrets.personal)
    verdict.hold(f"{when}: nothing of the person is in the log", not in_log, *in_log)
    wanted = secrets.secret if personal_may_be else secrets.secret | secrets.personal
    leaks, open_files = [], []
    for root, _, names in os.walk(server.data):
        for name in names:
            path = server.data / root / name
            leaks += [f"{what} in {name}" for what in found(path, wanted)]
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                open_files.append(name)
    verdict.hold(f"{when}: nothing {'secret' if personal_may_be else 'of the person'} is readable on the disk", not leaks, *leaks)
    verdict.hold(f"{when}: the files are their owner's alone", not open_files, *open_files)


def journey(server, browser, person, secrets):
    proof = b"%PDF-1.7\n" + b"CONTENU-DU-JUSTIFICATIF " * 400
    browser.declare("12", proof)
    browser.dispute(browser.first_line(), "RAISON-TRES-PERSONNELLE")
    browser.ask_telephone(person, person["telephone_mobile"])
    for path in ("/api/session", "/api/droits", "/api/historique", "/api/profil", "/api/profil/connexions",
                 f"/api/historique?au={person['nir']}", f"/api/{person['nir']}?nir={person['nir']}&courriel={person['courriel']}",
                 f"/{person['courriel']}", "/api/profil/export", "/boite"):
        browser.get(path)
    browser.change_password(PASSWORD, NEW)
    secrets.add(session=browser.cookies["acquis"])
    Browser(server).sign_in(person["courriel"], "faux")
    lost, seen = Browser(server), len(server.mailroom.to(person["courriel"]))
    lost.recover(person["courriel"])
    letter = server.mailroom.wait(person["courriel"], after=seen, wanted=lambda letter: letter.code)
    lost.choose_password("000000", LAST)
    answer = lost.choose_password(letter.code, LAST)
    secrets.add(**{"token of the second link": letter.token, "second session": lost.cookies.get("acquis"),
                   "second code": letter.code[:3] + " " + letter.code[3:]})
    verdict.hold("the journey goes to its end", answer.status == 200, answer)
    return lost


with place(chosen, verdict) as (folder, _):
    server = Server(chosen.program, folder, Mailbox(), journal="trace")
    assert server.run("demo").returncode == 0
    server.start()
    person = Person(400_001, nom_naissance="Zoedunordouest", courriel="zoe.unique@example.org")
    secrets, browser = Secrets(person), Browser(server)
    browser.ask_account(person)
    # Turns that are refused.
    Browser(server).ask_account(person.but(nir="1" + person["nir"][1:]))
    Browser(server).ask_account(person.but(cgu=person["nir"]))
    letter = server.mailroom.wait(person["courriel"])
    waiting = {name: value for name, value in browser.cookies.items() if name != "acquis"}
    secrets.add(**{"token of the link": letter.token, "code": letter.code[:3] + " " + letter.code[3:]},
                **{f"cookie {name}": value for name, value in waiting.items()})
    browser.confirm("000000")
    look(server, "while the sign-up waits", secrets, personal_may_be=False)
    assert browser.confirm(letter.code).status == 201
    browser = journey(server, browser, person, secrets)
    look(server, "with the account open", secrets, personal_may_be=True)
    closed = browser.close_account(LAST)
    verdict.hold("the account is closed", closed.status == 204, closed)
    look(server, "once it is closed", secrets, personal_may_be=False)
    server.stop()
    look(server, "once the program is stopped", secrets, personal_may_be=False)
    trail = dict(server.query("SELECT quoi, COUNT(*) FROM journal GROUP BY quoi"))
    verdict.tell("what the trail keeps:", trail)
    verdict.quiet_log(server)
verdict.end()
