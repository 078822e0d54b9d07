#!/usr/bin/env python3
"""Behind a declared proxy each client waits for what it tried itself, and no client chooses whose attempts are counted.

  proxies.py PROGRAM
"""

import uuid

from kit import Browser, Mailbox, Server, Verdict, arguments, place

chosen = arguments(__doc__, postgres=False)
verdict, ALLOWED, OF_A_HOME = Verdict(), 5, 4


def passed(server, forwarded, tries):
    """How many wrong sign-ins, each at another account, were judged before one was told to wait."""
    statuses = []
    for rank in range(tries):
        headers = {"X-Forwarded-For": forwarded(rank)} if forwarded else {}
        body = {"courriel": f"u{uuid.uuid4().hex[:8]}@example.org", "mot_de_passe": "x"}
        statuses.append(Browser(server).post("/api/connexion", body, headers=headers).status)
    judged = statuses.count(401)
    return judged if statuses == [401] * judged + [429] * (tries - judged) else statuses


# What the header says of the n-th request; how many are tried; how many are judged.
BEHIND = {
    "one client that writes others before itself": (lambda n: f"9.9.9.{n}, 203.0.113.7", 8, ALLOWED),
    "as many clients as requests": (lambda n: f"203.0.114.{n}", 8, 8),
    "clients of IPv4 written as IPv6": (lambda n: f"::ffff:198.51.100.{n}", 8, 8),
    "one client of IPv6 that changes its address within its network": (lambda n: f"2001:db8:1:1::{n}", 8, ALLOWED),
    "one home of IPv6 that changes its network": (
        lambda n: f"2001:db8:2:{n}::1", ALLOWED * OF_A_HOME + 4, ALLOWED * OF_A_HOME),
    "one client whose port is written too": (lambda n: f"9.9.8.{n}, 203.0.113.9:{4000 + n}", 8, ALLOWED),
    "one client in brackets, with its port": (lambda n: f"9.9.8.{n}, [2001:db8:3::1]:{4000 + n}", 8, ALLOWED),
    "words that nobody understands: all of them are one": (lambda n: f"9.9.7.{n}, unknown", 8, ALLOWED),
    "no header: the same one, who has tried enough": (None, 3, 0),
}

with place(chosen, verdict) as (folder, _):
    server = Server(chosen.program, folder / "declared", Mailbox(), relais="127.0.0.1", tentatives_adresse=ALLOWED).start()
    for what, (forwarded, tries, expected) in BEHIND.items():
        found = passed(server, forwarded, tries)
        verdict.hold(f"{what}: {expected} of {tries} are judged", found == expected, found)
    page = Browser(server).get("/boite", headers={"X-Forwarded-For": "203.0.113.7", "Host": f"localhost:{server.port}"})
    verdict.hold("the mailbox of the machine is not shown through a proxy", page.status == 404, page.status)
    server.stop()
    verdict.quiet_log(server)
    server = Server(chosen.program, folder / "undeclared", Mailbox(), tentatives_adresse=ALLOWED).start()
    found = passed(server, lambda n: f"203.0.115.{n}", 8)
    verdict.hold(f"a proxy that nobody declared is not believed: {ALLOWED} of 8", found == ALLOWED, found)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
