#!/usr/bin/env python3
"""The answers of sign-up, of recovery and of signing in tell nobody who has an account: same bytes, same time.

Each case is asked in turn, in an order drawn anew each time, on one connection. The bytes are compared but for what the
client itself sent (its e-mail) and the secret of its cookie. The times are compared by the Mann-Whitney test, each case
against the first: a pair that it tells apart (p < 0,01) is measured a second time, afresh, and broken when it is told
apart again.

  answers.py PROGRAM [--times 250] [--known 40] [--postgres URL]
"""

import math
import random
import re
import statistics
import time

from kit import Browser, Mailroom, Person, Server, Verdict, activites, arguments, place, spread

chosen = arguments(__doc__, times=(250, "answers of each case"), known=(40, "accounts, and as many people of employers"))
verdict, dice = Verdict(), random.Random()
# Ranks of people: those who have an account, those whom employers know, those who asked and wait, those nobody knows.
ACCOUNTS, EMPLOYED, WAITING, UNKNOWN = 1_000, 2_000, 3_000, 10_000
fresh = iter(range(UNKNOWN, 500_000))


def mann_whitney(some, others):
    """The probability of ranks as uneven as these, if both come from one source: two-sided, by the normal law."""
    ranked = sorted([(value, 0) for value in some] + [(value, 1) for value in others])
    total = sum(rank for rank, (_, whose) in enumerate(ranked, 1) if whose == 0)
    n, m = len(some), len(others)
    mean, spread_out = n * (n + m + 1) / 2, math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(total - mean) / spread_out / math.sqrt(2))


def one_of(first):
    return Person(first + dice.randrange(chosen.known))


def nobody():
    return Person(next(fresh))


def new_mail():
    return nobody()["courriel"]


def ask(person):
    return person["courriel"], lambda browser: browser.ask_account(person)


def recover(courriel):
    return courriel, lambda browser: browser.recover(courriel)


def sign_in(courriel):
    return courriel, lambda browser: browser.sign_in(courriel, "pas le bon du tout")


def then_another(case):
    """The same, and at once a request that has nothing to do with it: what the server does with the first one then, and
    not in its answer, must not be seen in the second."""
    courriel, send = case
    other, send_other = recover(new_mail())
    return other, lambda browser: (send(browser), send_other(browser))[1]


CASES = {
    "sign-up": {
        "everything new": lambda: ask(nobody()),
        "e-mail of an account": lambda: ask(nobody().but(courriel=one_of(ACCOUNTS)["courriel"])),
        "NIR of an account": lambda: ask(one_of(ACCOUNTS).but(courriel=new_mail())),
        "e-mail and NIR of one account": lambda: ask(one_of(ACCOUNTS)),
        "NIR that employers know": lambda: ask(one_of(EMPLOYED).but(courriel=new_mail())),
        "that NIR under another name": lambda: ask(
            one_of(EMPLOYED).but(nom_naissance="Essaizzzz", courriel=new_mail())),
        "NIR that somebody else asked for": lambda: ask(one_of(WAITING).but(courriel=new_mail())),
    },
    "recovery": {
        "e-mail of nobody": lambda: recover(new_mail()),
        "e-mail of an account": lambda: recover(one_of(ACCOUNTS)["courriel"]),
        "e-mail that waits for its code": lambda: recover(one_of(WAITING)["courriel"]),
    },
    "recovery and what follows": {
        "e-mail of nobody": lambda: then_another(recover(new_mail())),
        "e-mail of an account": lambda: then_another(recover(one_of(ACCOUNTS)["courriel"])),
        "e-mail that waits for its code": lambda: then_another(recover(one_of(WAITING)["courriel"])),
    },
    "signing in": {
        "e-mail of nobody": lambda: sign_in(new_mail()),
        "e-mail of an account": lambda: sign_in(one_of(ACCOUNTS)["courriel"]),
        "e-mail that waits for its code": lambda: sign_in(one_of(WAITING)["courriel"]),
    },
}


def with_wrong_codes(server):
    """The same request many times over, already looked at: a wrong code is tried on each, four times at most."""
    makers = {
        "sign-up that waits for its code": lambda: ask(nobody()),
        "sign-up that leads nowhere": lambda: ask(one_of(ACCOUNTS).but(courriel=new_mail())),
    }
    asked = {name: [] for name in makers}
    for name, make in makers.items():
        for _ in range(chosen.times // 2 + 1):  # twice what one measure takes
            browser, (courriel, send) = Browser(server), make()
            send(browser)
            asked[name].append((courriel, browser.cookies))
    time.sleep(3)
    tries = {name: iter(requests * 4) for name, requests in asked.items()}

    def one(name):
        courriel, cookies = next(tries[name])

        def send(browser):
            browser.cookies = dict(cookies)
            return browser.confirm("000000")

        return courriel, send

    return {name: (lambda name=name: one(name)) for name in makers}


def bytes_of(answer, courriel):
    """What a stranger sees of it: status, headers, body; but for what they sent, the moment and the secrets drawn."""
    headers = "\n".join(f"{name.lower()}: {value}" for name, value in answer.headers.items()
                        if name.lower() not in ("date", "x-request-id"))
    seen = f"{answer.status}\n{headers}\n{answer.body.decode()}".replace(courriel, "E-MAIL")
    seen = re.sub(r"=[0-9a-f]{64};", "=SECRET;", seen)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d", "MOMENT", seen)


def measure(server, cases):
    times, bodies = {name: [] for name in cases}, {name: set() for name in cases}
    browser = Browser(server).keep_line()
    for _ in range(chosen.times):
        for name in dice.sample(list(cases), len(cases)):
            courriel, send = cases[name]()
            browser.cookies = {}
            start = time.perf_counter()
            answer = send(browser)
            times[name].append((time.perf_counter() - start) * 1_000)
            bodies[name].add(bytes_of(answer, courriel))
    return times, bodies


def judge_times(group, server, cases, times):
    first, *others = cases
    usual = statistics.median(times[first])
    seen = next((part for part in (1, 2, 5, 10, 20, 50) if mann_whitney(
        times[first], [value + usual * part / 100 for value in times[first]]) < 0.01), 100)
    verdict.tell(f"{group}: with so much noise, a difference of {usual * seen / 100:.2f} ms ({seen} %) would be seen")
    for name in others:
        p = mann_whitney(times[first], times[name])
        apart = statistics.median(times[name]) - statistics.median(times[first])
        said = f"{apart:+.2f} ms at the median, p = {p:.3f}"
        if p < 0.01:
            again, _ = measure(server, {first: cases[first], name: cases[name]})
            p = mann_whitney(again[first], again[name])
            said += f"; measured afresh, p = {p:.3f}"
        verdict.hold(f"{group}, {name}: as long as {first}", p >= 0.01, said)


def afterwards(server):
    """What the browser that asked sees later, and what codes it can try, are the same as well."""
    def life(case):
        courriel, send = case()
        browser = Browser(server)
        answers = [send(browser)]
        time.sleep(2)
        answers.append(browser.get("/api/inscription"))
        answers += [browser.confirm("000000") for _ in range(6)]
        answers.append(browser.post("/api/inscription/code", {"courriel": courriel}))
        return [bytes_of(answer, courriel) for answer in answers]

    cases = CASES["sign-up"]
    seen = dict(zip(cases, spread([lambda case=case: life(case) for case in cases.values()])))
    first = next(iter(seen.values()))
    for name, answers in seen.items():
        apart = [place for place, answer in enumerate(answers) if answer != first[place]]
        verdict.hold(f"sign-up, {name}: what comes after is the same, byte for byte", not apart,
                     *(f"\n{first[place]}\n-- but --\n{answers[place]}" for place in apart[:1]))


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder, Mailroom(), database, tentatives_compte=100_000)
    employed = [Person(EMPLOYED + rank) for rank in range(chosen.known)]
    imported = server.run("importer", "activites", activites(folder / "a.csv", [(who, 2023, 800, "E") for who in employed]))
    assert imported.returncode == 0, imported.stderr
    server.start()
    opened = spread([lambda rank=rank: Browser(server).open_account(Person(ACCOUNTS + rank)) for rank in range(chosen.known)])
    assert all(answer.status == 201 for answer in opened), opened
    spread([lambda rank=rank: Browser(server).ask_account(Person(WAITING + rank)) for rank in range(chosen.known)])
    for group, cases in (CASES | {"a wrong code": with_wrong_codes(server)}).items():
        times, bodies = measure(server, cases)
        for name in cases:
            verdict.tell(f"{group}, {name}: median {statistics.median(times[name]):.2f} ms, {len(times[name])} answers")
        seen = set().union(*bodies.values())
        verdict.hold(f"{group}: one answer for all, byte for byte", len(seen) == 1, len(seen),
                     *(f"\n{one}" for one in (seen if len(seen) > 1 else ())))
        judge_times(group, server, cases, times)
    afterwards(server)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
