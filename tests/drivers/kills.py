#!/usr/bin/env python3
"""kill -9 while writes are acknowledged: each is still there afterwards, and once.

Rounds on one data folder: the server starts, clients open accounts, declare a DIF with its proof, change telephones and
passwords, declare to be below level 3, dispute lines; it is killed at a random moment and started again. What was
acknowledged must be there. What was under way is sent again as a browser would, under the same key: it must count once.
A sign-up that was cut goes on where it stood, be it before its letter or while it was confirmed.

  kills.py PROGRAM [--seconds 40] [--clients 5] [--seed N] [--postgres URL]
"""

import os
import random
import threading
import time
import uuid

from kit import PASSWORD, Answer, Browser, Mailroom, Person, Server, Verdict, arguments, cut, place, proof

chosen = arguments(__doc__, seconds=(40, "how long"), clients=(5, "at once"), seed=(int(time.time()), "of the random choices"))
dice, verdict = random.Random(chosen.seed), Verdict()
print("seed", chosen.seed)
counts = dict.fromkeys(("rounds", "acknowledged", "sent again", "lost", "doubled", "refused"), 0)
lock, examples, ranks = threading.Lock(), [], iter(range(dice.randrange(400_000), 576_000))


def note(kind, *what):
    with lock:
        counts[kind] += 1
        if kind in ("lost", "doubled", "refused") and len(examples) < 8:
            examples.append((kind, *map(str, what)))


class Holder:
    """What the server acknowledged of one account, and what was under way when it died."""

    def __init__(self, server, rank):
        self.server, self.person, self.browser = server, Person(rank), Browser(server)
        self.passwords = {PASSWORD}
        self.difs, self.disputes, self.below_level_3 = {}, set(), False
        self.opened, self.under_way = False, None

    # Each gesture can be made again after a cut: same key, same content.

    def sign_up(self, key):
        """From wherever it stands: the same submission, then the code of the last letter, then the session."""
        room, courriel = self.browser.mailroom, self.person["courriel"]
        asked = self.browser.ask_account(self.person, key)
        if asked.status != 202:
            return asked
        letter = room.wait(courriel, patience=4, wanted=lambda letter: letter.code)
        if not letter:
            # It left with the server that died, or will in some minutes: a person asks for another.
            asked = self.browser.post("/api/inscription/code", {"courriel": courriel})
            if asked.status != 202:
                return asked
            letter = room.wait(courriel, wanted=lambda letter: letter.code)
        confirmed = self.browser.confirm(letter.code)
        self.opened |= confirmed.status == 201
        return confirmed

    def declare(self, key, hours, file):
        answer = self.browser.declare(hours, file, key=key)
        if answer.status == 201:
            self.difs[answer.json["declaration"]["reference"]] = file
        return answer

    def dispute(self, key, line):
        answer = self.browser.dispute(line, "Je conteste.", key)
        if answer.status == 201:
            self.disputes.add(answer.json["reference"])
        return answer

    def telephone(self, mobile):
        return self.browser.ask_telephone(self.person, mobile)

    def password(self, new):
        before, self.passwords = self.passwords, self.passwords | {new}
        answer = self.browser.change_password(next(iter(before)), new)
        self.passwords = {new} if answer.status == 204 else before
        return answer

    def level(self):
        answer = self.browser.post("/api/sous-niveau-3", {"confirmation": True})
        self.below_level_3 |= answer.status == 200
        return answer

    def next_gesture(self):
        kind = dice.choice(("dif", "dif", "telephone", "telephone", "password", "level", "dispute"))
        key = uuid.uuid4().hex
        if kind == "dif" and len(self.difs) < 18:
            hours, file = str(dice.randrange(1, 5)), proof(dice.choice((200, 5_000, 300_000)))
            return (lambda: self.declare(key, hours, file)), True
        if kind == "dispute" and len(self.disputes) < 18 and (line := self.browser.first_line()):
            return (lambda: self.dispute(key, line)), True
        if kind == "password" and len(self.passwords) == 1:
            return (lambda new=f"girafe du lundi {key[:6]}": self.password(new)), False
        if kind == "level":
            return self.level, False
        return (lambda mobile=f"0639{dice.randrange(980000, 990000)}": self.telephone(mobile)), False

    def live(self, over):
        """Acts until the server dies. What is under way then, and can be sent again, stays noted."""
        if not self.opened:
            key = uuid.uuid4().hex
            self.under_way = lambda: self.sign_up(key)
            if not self.acknowledged(self.under_way()):
                return
        while not over.is_set() and self.opened:
            gesture, again = self.next_gesture()
            self.under_way = gesture if again else None
            if not self.acknowledged(gesture()):
                return

    def acknowledged(self, answer):
        self.under_way = None
        good = answer.status in (200, 201, 202, 204)
        note("acknowledged" if good else "refused", self.person["courriel"], answer)
        return good

    def check(self):
        """After the server was started again."""
        if self.under_way:
            note("sent again")
            answer = self.under_way()
            if answer.status != 201:
                note("lost", "what was sent again", self.person["courriel"], answer)
            self.under_way = None
        if not self.opened:
            return
        if not self.browser.signed_in():
            return note("lost", "account or session", self.person["courriel"])
        profile = self.browser.get("/api/profil").json
        if "0" + profile["telephone_mobile"][-9:] != self.person["telephone_mobile"]:
            note("lost", "telephone: it changed without its code", profile["telephone_mobile"])
        self.check_list("declaration", [found["reference"] for found in self.browser.declarations()], self.difs)
        self.check_list("dispute", [found["reference"] for found in self.browser.disputes()], self.disputes)
        if self.below_level_3 and not self.browser.get("/api/sous-niveau-3").json["en_cours"]:
            note("lost", "below level 3", self.person["courriel"])
        if self.difs and dice.random() < 0.3:
            for reference, file in self.difs.items():
                if self.server.proof_of(reference) != file:
                    note("lost", "the bytes of a proof", reference)
        if dice.random() < 0.2:
            courriel = self.person["courriel"]
            opens = [word for word in self.passwords if Browser(self.browser).sign_in(courriel, word).status == 200]
            if not opens:
                note("lost", "password", courriel)
            self.passwords = set(opens) or self.passwords

    def check_list(self, kind, found, known):
        for reference in set(known) - set(found):
            note("lost", kind, reference)
        for reference in set(found) - set(known):
            note("doubled", kind, reference)


def round_of(server, holders):
    """Some go on, some come; the server dies; it starts again and is asked what it kept."""
    old = [holder for holder in holders if holder.opened]
    present = [Holder(server, next(ranks)) if len(old) < chosen.clients or dice.random() < 0.6 else dice.choice(old)
               for _ in range(chosen.clients)]
    present = list(dict.fromkeys(present))
    over = threading.Event()
    threads = [threading.Thread(target=lambda holder=holder: cut(lambda: holder.live(over))) for holder in present]
    for thread in threads:
        thread.start()
    time.sleep(dice.uniform(0.3, 3.5))
    server.kill()
    over.set()
    for thread in threads:
        thread.join()
    server.start()
    for holder in {*present, *dice.sample(old, min(3, len(old)))}:
        answer = cut(holder.check)
        if isinstance(answer, Exception):
            note("lost", "the check itself", answer)
    server.kill() if dice.random() < 0.5 else server.stop()
    counts["rounds"] += 1
    return [*holders, *(holder for holder in present if holder not in holders)]


with place(chosen, verdict) as (folder, database):
    server, holders, end = Server(chosen.program, folder, Mailroom(), database), [], time.monotonic() + chosen.seconds
    while time.monotonic() < end:
        server.start()
        holders = round_of(server, holders)
    opened = sum(holder.opened for holder in holders)
    verdict.tell(", ".join(f"{count} {what}" for what, count in counts.items()))
    verdict.hold("nothing that was acknowledged is lost", not counts["lost"], *examples)
    verdict.hold("nothing is there twice", not counts["doubled"])
    verdict.hold("nothing was refused", not counts["refused"], *examples if counts["refused"] else ())
    verdict.hold("there were cuts, and something was sent again", counts["rounds"] and counts["sent again"])
    verdict.hold("as many accounts as were opened", server.count("comptes") == opened, opened)
    if not database:
        verdict.hold("the file of the database is sound", server.query("PRAGMA integrity_check") == [["ok"]])
        verdict.hold("no reference leads nowhere", server.query("PRAGMA foreign_key_check") == [])
    recorded = {row[0] for row in server.query("SELECT id FROM pieces")}
    files = set(os.listdir(server.data / "pieces"))
    verdict.hold("each proof that is recorded has its file", recorded <= files, len(recorded))
    verdict.tell("files that a kill left, which the clean-up takes after an hour:", len(files - recorded))
    verdict.quiet_log(server)
verdict.end()
