#!/usr/bin/env python3
"""An account is closed, or its session ended, while something is being recorded for it: refused, never a fault of ours.

  closings.py PROGRAM [--rounds 8] [--postgres URL]
"""

import os
import socket
import time
import uuid

from kit import PASSWORD, Browser, Mailroom, Person, Server, Verdict, arguments, form, place, proof, tally, together

chosen = arguments(__doc__, rounds=(8, "closings while others act"))
verdict = Verdict()


def upload_while(server, browser, meanwhile):
    """A declaration of which a part is sent; then something happens; then the rest. What was answered."""
    body, media = form([("heures", "1"), ("rapport", "ajoute")], proof(300_000))
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = (f"POST /api/dif HTTP/1.1\r\nHost: localhost\r\nOrigin: http://127.0.0.1:{server.port}\r\nCookie: {cookies}\r\n"
            f"Idempotency-Key: {uuid.uuid4().hex}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n")
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(head.encode() + body[:200_000])
        time.sleep(0.4)
        done = meanwhile()
        line.sendall(body[200_000:])
        received = b""
        while more := line.recv(65_536):
            received += more
    return done, int(received.split(b" ")[1])


def uploads(server):
    holder, elsewhere = Browser(server), Browser(server)
    person = Person(1)
    holder.open_account(person)
    elsewhere.sign_in(person["courriel"])
    done, status = upload_while(server, holder, holder.same().close_account)
    verdict.hold("the account is closed while a proof is on its way: refused", (done.status, status) == (204, 401),
                 done, status)
    person = Person(2)
    holder.open_account(person)
    done, status = upload_while(server, holder, lambda: holder.same().post("/api/deconnexion"))
    verdict.hold("signed out while a proof is on its way: refused", (done.status, status) == (204, 401), done, status)
    holder.sign_in(person["courriel"])
    verdict.hold("… and not recorded", holder.declarations() == [])
    holder.close_account()


def races(server):
    seen = []
    for rank in range(100, 100 + chosen.rounds):
        person, holder = Person(rank), Browser(server)
        assert holder.open_account(person).status == 201
        holder.declare("1", proof(100))
        line = holder.first_line()
        waiting, seen_before = Browser(server), len(server.mailroom.to(person["courriel"]))
        waiting.recover(person["courriel"])
        code = server.mailroom.code(person["courriel"], after=seen_before)
        seen += together([
            holder.same().close_account,
            *[lambda: holder.same().dispute(line, "Je conteste.") for _ in range(3)],
            *[lambda: holder.same().post("/api/sous-niveau-3", {"confirmation": True}) for _ in range(2)],
            lambda: holder.same().declare("1", proof(100_000)),
            lambda: holder.same().get("/api/profil/export"),
            lambda: Browser(server).sign_in(person["courriel"]),
            lambda: waiting.choose_password(code, "girafe violette du jeudi"),
            lambda: Browser(server).ask_account(person),
        ])
        # Whoever was quicker than the closing with a new password keeps the account: then it is closed by its holder.
        if waiting.signed_in():
            waiting.close_account("girafe violette du jeudi")
        elif holder.signed_in():
            holder.close_account()
    verdict.hold("closing while others act is never a fault of ours", all(answer.status < 500 for answer in seen), tally(seen))
    for table in ("comptes", "sessions", "declarations_dif", "pieces", "contestations"):
        verdict.hold(f"nothing is left in {table}", server.count(table) == 0, server.count(table))
    verdict.hold("no file is left", os.listdir(server.data / "pieces") == [])


with place(chosen, verdict) as (folder, database):
    server = Server(chosen.program, folder, Mailroom(), database).start()
    uploads(server)
    races(server)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
