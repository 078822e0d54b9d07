#!/usr/bin/env python3
"""Who knows somebody's number does not take their place, and nobody is made to open an account that they did not ask for.

A stranger who knows a NIR and not the name that employers gave; one who asks and never confirms; one who is first and
whom the employers contradict; one who types the e-mail of another. Each time the holder comes afterwards.

  squatter.py PROGRAM [--postgres URL]
"""

from kit import PASSWORD, Browser, Mailroom, Person, Server, Verdict, activites, arguments, place, spread, together

chosen = arguments(__doc__)
verdict = Verdict()


def asks(server, person, after=0):
    """A browser that asked for an account, and the letter that its mailbox got."""
    browser = Browser(server)
    answer = browser.ask_account(person)
    assert answer.status == 202, answer
    return browser, server.mailroom.wait(person["courriel"], after)


def holds_hours(browser):
    lines = browser.get("/api/historique").json["releve"]["lignes"]
    return bool(lines)


def under_another_name(server, holder):
    """Employers know the number under the holder's name: the stranger gets a letter that says nothing."""
    stranger, letter = asks(server, holder.but(nom_naissance="Voleur", courriel="voleur@example.org"))
    verdict.hold("a number under another name than the employers': the stranger is sent no code",
                 letter and not letter.code and not letter.token, letter and letter.subject)
    said = letter.text if letter else ""
    verdict.hold("… and the letter tells nothing of the holder",
                 not any(holder[field] in said for field in ("nom_naissance", "nir", "courriel", "date_naissance")))
    other, other_letter = asks(server, holder.but(date_naissance="16" + holder["date_naissance"][2:],
                                                  courriel="autre@example.org"))
    verdict.hold("… nor another birth date", other_letter and not other_letter.code and
                 other_letter.subject == letter.subject)
    own = Browser(server)
    opened = own.open_account(holder)
    verdict.hold("… the holder comes afterwards and has the account with its hours", opened.status == 201
                 and holds_hours(own), opened)
    seen = len(server.mailroom.to(holder["courriel"]))
    _, letter = asks(server, holder.but(courriel="encore@example.org"))
    told = server.mailroom.wait(holder["courriel"], after=seen, patience=10)
    verdict.hold("asked for again from elsewhere: the holder is told at their own address",
                 told and not told.code, told and told.subject)
    verdict.hold("… and the other address gets no code, and the same letter as any other", letter and not letter.code
                 and letter.subject == other_letter.subject, letter and letter.subject)
    verdict.hold("… the account is as it was", own.signed_in() and Browser(server).sign_in(
        holder["courriel"]).status == 200 and holds_hours(own))


def who_never_confirms(server, holder):
    """Nobody knows this number yet: the stranger is sent a code at their own address, and does not use it at once."""
    stranger, letter = asks(server, holder.but(nom_naissance="Voleur", courriel="lent@example.org"))
    own = Browser(server)
    opened = own.open_account(holder)
    verdict.hold("a request that is not confirmed holds nobody's number: the holder opens the account",
                 opened.status == 201, opened)
    if letter and letter.code:
        late = stranger.confirm(letter.code)
        verdict.hold("… and the stranger's code comes too late", late.status == 409 and late.code == "compte_impossible"
                     and not stranger.signed_in(), late)
        again = Browser(server).post("/api/inscription/confirmation", {"jeton": letter.token, "mot_de_passe": PASSWORD})
        verdict.hold("… so does the link", again.status in (409, 410), again)
    verdict.hold("… one account, the holder's", own.get("/api/profil").json["courriel"] == holder["courriel"])


def at_the_same_time(server, first_rank, times=10):
    """Two people with one number type their codes at the same instant."""
    holders = [Person(rank) for rank in range(first_rank, first_rank + times)]
    strangers = [holder.but(nom_naissance="Voleur", courriel=f"v{holder.rank}@example.org") for holder in holders]
    asked = spread([lambda person=person: asks(server, person) for person in [*holders, *strangers]])
    ends = []
    for pair in zip(asked, asked[times:]):
        answers = together([lambda browser=browser, code=letter.code: browser.confirm(code) for browser, letter in pair])
        ends.append(sorted(answer.status for answer in answers))
    verdict.hold("two who confirm one number at the same instant: one opens it, never both",
                 all(end == [201, 409] for end in ends), ends)


def first_and_contradicted(server, folder, holder):
    """The stranger opened it first, under another name. Then an employer declares the holder, who proves who they are."""
    stranger, letter = asks(server, holder.but(nom_naissance="Voleur", courriel="premier@example.org"))
    assert stranger.confirm(letter.code).status == 201
    _, letter = asks(server, holder)
    verdict.hold("who comes second with a number is sent no code, and a letter that says what to do",
                 letter and not letter.code and "/aide" in letter.text, letter and letter.subject)
    declared = ("importer", "activites", activites(folder / "late.csv", [(holder, 2023, 900, "E")]))
    imported = server.run(*declared)
    verdict.hold("an employer who declares the holder is heard, or is told why not", imported.returncode in (0, 3),
                 f"exit {imported.returncode}")
    if imported.returncode == 3:
        if "--liberer-nir" not in server.run("comptes", "--help").stdout:
            return verdict.not_tried("an operator gives the number back", "this program has no `comptes --liberer-nir`")
        reference = stranger.get("/api/profil").json["reference"]
        freed = server.run("comptes", reference, "--liberer-nir", "--preuve", "carte vue", "--agent", "Driver")
        verdict.hold("an operator who saw a proof gives the number back", freed.returncode == 0, freed.stderr.strip()[-200:])
        again = server.run(*declared)
        verdict.hold("… and the employer is heard then", again.returncode == 0, f"exit {again.returncode}")
    own, seen = Browser(server), len(server.mailroom.to(holder["courriel"]))
    own.ask_account(holder)
    letter = server.mailroom.wait(holder["courriel"], after=seen, patience=10, wanted=lambda letter: letter.code)
    opened = letter and own.confirm(letter.code)
    verdict.hold("the holder opens their own account, with its hours", opened and opened.status == 201 and holds_hours(own),
                 opened)
    verdict.hold("… of which the stranger sees nothing", not stranger.signed_in() or not holds_hours(stranger))


def somebody_elses_mailbox(server, first_rank):
    """The stranger types their own number and the e-mail of another, who reads the letter."""
    victim, stranger_self = "victime@example.org", Person(first_rank)
    stranger, letter = asks(server, stranger_self.but(courriel=victim))
    reader = Browser(server)
    for what, body in {
        "the code alone": {"code": letter.code},
        "the link alone": {"jeton": letter.token},
        "the link with a password of the reader's": {"jeton": letter.token, "mot_de_passe": "une grue verte et jaune"},
    }.items():
        answer = reader.post("/api/inscription/confirmation", body)
        verdict.hold(f"whoever reads a letter they did not ask for opens nothing by {what}",
                     answer.status in (410, 422) and not reader.signed_in(), answer)
    verdict.hold("… and no account was opened", not server.query(f"SELECT id FROM comptes WHERE courriel = '{victim}'"))
    other = Browser(server)
    answer = other.open_account(Person(first_rank + 1).but(courriel="a" + victim))
    by_link = Browser(server)
    asked = Person(first_rank + 2)
    _, letter = asks(server, asked)
    answer = by_link.post("/api/inscription/confirmation", {"jeton": letter.token, "mot_de_passe": PASSWORD})
    verdict.hold("who asked opens it on another device, with the link and their password", answer.status == 201
                 and by_link.signed_in(), answer)
    once_more = Browser(server).post("/api/inscription/confirmation", {"jeton": letter.token, "mot_de_passe": "autre chose 12"})
    verdict.hold("… whose link opens nothing to another password afterwards", once_more.status in (410, 422), once_more)


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder, Mailroom(), database)
    known = Person(1)
    imported = server.run("importer", "activites", activites(folder / "a.csv", [(known, 2023, 1607, "E")]))
    assert imported.returncode == 0, imported.stderr
    server.start()
    under_another_name(server, known)
    who_never_confirms(server, Person(2))
    at_the_same_time(server, 100)
    somebody_elses_mailbox(server, 200)
    first_and_contradicted(server, folder, Person(3))
    server.stop()
    verdict.quiet_log(server)
verdict.end()
