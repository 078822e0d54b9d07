"""Browsers: what they send, what is answered, what a person does with one; and many of them at once."""

import contextlib
import http.client
import json
import os
import threading
import uuid
from collections import Counter

from .people import PASSWORD, Person

PDF = b"%PDF-1.7\n"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Why it is a refusal."""
        with contextlib.suppress(ValueError, AttributeError):
            return self.json.get("code")
        return None

    @property
    def faults(self):
        """What is wrong, by field."""
        with contextlib.suppress(ValueError, AttributeError):
            return {error["champ"]: error["faute"] for error in self.json.get("erreurs", [])}
        return {}

    def __str__(self):
        return f"{self.status} {self.code or ''} {self.faults or ''}".strip()


class Browser:
    """A browser that keeps its cookies. `source` is the address of this machine that it calls from."""

    def __init__(self, server, source=None):
        self.port, self.mailroom, self.source = server.port, server.mailroom, source
        self.cookies, self.line = {}, None

    def same(self):
        """Another tab: the cookies of now."""
        tab = Browser(self, self.source)
        tab.cookies = dict(self.cookies)
        return tab

    def keep_line(self):
        """One connection for all that follows: what time is measured on."""
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return self

    def ask(self, method, path, body=None, headers=None, key=None, origin=True, patience=60):
        sent = {"Origin": f"http://127.0.0.1:{self.port}"} if origin and method not in ("GET", "HEAD") else {}
        if isinstance(body, Person):
            body = body.fields
        if isinstance(body, (dict, list)):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if key:
            sent["Idempotency-Key"] = key
        sent |= headers or {}
        origin_address = (self.source, 0) if self.source else None
        line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience,
                                                       source_address=origin_address)
        try:
            line.request(method, path, body=body, headers=sent)
            received = line.getresponse()
            answer = Answer(received.status, received.headers, received.read())
        finally:
            if not self.line:
                line.close()
        for given in answer.headers.get_all("set-cookie") or []:
            pair, *attributes = given.split(";")
            name, value = pair.split("=", 1)
            if any(attribute.strip().lower() == "max-age=0" for attribute in attributes):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.ask("POST", path, body, **options)

    # What a person does.

    def ask_account(self, person, key=None):
        return self.post("/api/inscription", person, key=key or uuid.uuid4().hex)

    def confirm(self, code):
        return self.post("/api/inscription/confirmation", {"code": code})

    def open_account(self, person, key=None):
        """From the form to the session: the letter is read in between."""
        seen = len(self.mailroom.to(person["courriel"]))
        asked = self.ask_account(person, key)
        if asked.status != 202:
            return asked
        return self.confirm(self.mailroom.code(person["courriel"], after=seen))

    def sign_in(self, courriel, password=PASSWORD):
        return self.post("/api/connexion", {"courriel": courriel, "mot_de_passe": password})

    def signed_in(self):
        return self.get("/api/session").json["titulaire"] is not None

    def allow_export(self, password=PASSWORD):
        return self.post("/api/profil/export/entier", {"mot_de_passe": password})

    def take_everything(self):
        allowed = self.allow_export()
        return self.get("/api/profil/export/entier") if allowed.status == 204 else allowed

    def recover(self, courriel, key=None):
        return self.post("/api/recuperation", {"courriel": courriel}, key=key or uuid.uuid4().hex)

    def choose_password(self, code, password):
        return self.post("/api/recuperation/mot-de-passe", {"code": code, "mot_de_passe": password})

    def declare(self, hours, file, relation="ajoute", key=None, name="attestation.pdf"):
        body, media = form([("heures", hours), ("rapport", relation)], file, name)
        return self.post("/api/dif", body, headers={"Content-Type": media}, key=key or uuid.uuid4().hex)

    def declarations(self):
        return self.get("/api/dif").json["declarations"]

    def first_line(self):
        """The marker of the first line of the statement, where there is one."""
        lines = self.get("/api/historique").json["releve"]["lignes"]
        return f'{lines[0]["date"]}.0' if lines else None

    def dispute(self, line, reason, key=None):
        return self.post("/api/contestations", {"ligne": line, "raison": reason}, key=key or uuid.uuid4().hex)

    def disputes(self):
        return self.get("/api/historique").json.get("contestations", [])

    def ask_change(self, mobile, courriel, password=""):
        return self.ask("PUT", "/api/profil/coordonnees", {
            "telephone_fixe": "", "telephone_mobile": mobile, "courriel": courriel, "mot_de_passe_actuel": password})

    def ask_telephone(self, person, mobile):
        """Writes, and changes nothing: the code of the letter is not typed."""
        return self.ask_change(mobile, person["courriel"])

    def change(self, former, mobile, courriel, password=""):
        """From what is asked to the codes of the letters; what was answered last."""
        seen, new = len(self.mailroom.to(former)), len(self.mailroom.to(courriel))
        asked = self.ask_change(mobile, courriel, password)
        if asked.status != 202:
            return asked
        codes = {"code_actuel": self.mailroom.code(former, after=seen)}
        if courriel != former:
            codes["code_nouveau"] = self.mailroom.code(courriel, after=new)
        return self.post("/api/profil/coordonnees/confirmation", codes)

    def change_password(self, current, new):
        return self.ask("PUT", "/api/profil/mot-de-passe", {"actuel": current, "nouveau": new})

    def close_account(self, password=PASSWORD):
        return self.ask("DELETE", "/api/profil", {"mot_de_passe": password})


def form(fields, file=None, name="attestation.pdf", media="application/pdf"):
    """The body of a form with a file, and its type."""
    edge = uuid.uuid4().hex
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
             for field, value in fields]
    if file is not None:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="attestation"; filename="{name}"\r\n'
        parts.append(head.encode() + f"Content-Type: {media}\r\n\r\n".encode() + file + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def proof(size=5_000):
    """A PDF that no other is."""
    return PDF + os.urandom(size)


def cut(work):
    """What came of it, or the name of what cut it."""
    try:
        return work()
    except (OSError, http.client.HTTPException) as error:
        return error


def together(works):
    """All at the same instant; what came of each, in their order."""
    start, results = threading.Barrier(len(works)), [None] * len(works)

    def one(place):
        start.wait()
        results[place] = cut(works[place])

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def spread(works, at_once=12):
    """Some at a time; what came of each, in their order."""
    results, places, lock = [None] * len(works), iter(range(len(works))), threading.Lock()

    def some():
        while True:
            with lock:
                place = next(places, None)
            if place is None:
                return
            results[place] = cut(works[place])

    threads = [threading.Thread(target=some) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def tally(answers):
    """How many of each: « 201 », « 409 compte_impossible », « ConnectionResetError »."""
    return dict(Counter(f"{answer.status} {answer.code or ''}".strip() if isinstance(answer, Answer)
                        else type(answer).__name__ for answer in answers))


def statuses(answers):
    return {answer.status if isinstance(answer, Answer) else type(answer).__name__ for answer in answers}
