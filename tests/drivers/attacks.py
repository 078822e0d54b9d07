#!/usr/bin/env python3
"""What somebody tries by hand at the door and behind it: cookies, other sites, other people's things, strange bodies, files.

Two people, Dominique and Renaud, on a server as it is by default: its letters are read at /boite. Identity has drivers of
its own: squatter.py, guesses.py, answers.py.

  attacks.py PROGRAM
"""

import json
import os
import re
import uuid

from kit import PDF, PASSWORD, Browser, Mailbox, Person, Server, Verdict, arguments, form, place, proof, tally

chosen = arguments(__doc__, postgres=False)
verdict, OTHER = Verdict(), "girafe violette du jeudi"
DOMINIQUE = Person(0, nom_naissance="Pat-Trois", prenoms="Dominique", date_naissance="28/03/1979", nir="2790351215189",
                   cle="89", courriel="dominique@example.org")
RENAUD = Person(0, nom_naissance="Ambroise", prenoms="Renaud", date_naissance="15/01/1980", nir="1800175999001", cle="37",
                courriel="renaud@example.org", mot_de_passe=OTHER)


def with_session(server, session):
    """A browser that shows this session and nothing else."""
    browser = Browser(server)
    browser.cookies = {"acquis": session}
    return browser


def cookies(server):
    chosen_one = "a" * 64
    fixed = with_session(server, chosen_one)
    asked = fixed.ask_account(DOMINIQUE, "dominique-0123456789")
    given = asked.headers.get_all("set-cookie") or []
    verdict.hold("the cookie of a request is of no use to a page, nor to another site", given and all(
        word in given[0] for word in ("HttpOnly", "SameSite=Strict", "Path=/")) and "Domain" not in given[0],
        given and given[0].split(";", 1)[1])
    opened = fixed.confirm(server.mailroom.code(DOMINIQUE["courriel"]))
    verdict.hold("a session that somebody chose is not taken", opened.status == 201 and fixed.cookies["acquis"] != chosen_one
                 and with_session(server, chosen_one).get("/api/droits").status == 401)
    given = [one for one in opened.headers.get_all("set-cookie") if one.startswith("acquis=")][0]
    verdict.hold("the session cookie is closed to scripts and other sites", all(
        word in given for word in ("HttpOnly", "SameSite=", "Path=/")) and "Domain" not in given, given.split(";", 1)[1])
    first = fixed.cookies["acquis"]
    fixed.sign_in(DOMINIQUE["courriel"])
    verdict.hold("signing in again ends the former session of that browser", fixed.cookies["acquis"] != first
                 and with_session(server, first).get("/api/droits").status == 401)
    renaud = Browser(server)
    assert renaud.open_account(RENAUD).status == 201
    both = Browser(server).get("/api/session", headers={
        "Cookie": f"acquis={renaud.cookies['acquis']}; acquis={fixed.cookies['acquis']}"})
    verdict.hold("of two sessions the first is taken, and nothing is mixed",
                 both.json["titulaire"]["nom_naissance"] == "Ambroise")
    return fixed, renaud


def other_sites(server, dominique):
    own = f"http://127.0.0.1:{server.port}"
    for what, headers in {
        "no origin": {},
        "the origin « null »": {"Origin": "null"},
        "another site": {"Origin": "https://evil.example"},
        "a name that begins like ours": {"Origin": "http://127.0.0.1.evil.example"},
        "our name as a user's": {"Origin": f"http://127.0.0.1:{server.port}@evil.example"},
        "our address behind a hash": {"Origin": f"http://evil.example#{own}"},
        "two origins": {"Origin": f"https://evil.example, {own}"},
        "our origin, but another site for the browser": {"Origin": own, "Sec-Fetch-Site": "cross-site"},
        "a sister site": {"Origin": "https://sister.example", "Sec-Fetch-Site": "same-site"},
        "another port of this machine": {"Origin": "http://127.0.0.1:9", "Sec-Fetch-Site": "same-site"},
        "another port, from an old browser": {"Origin": "http://localhost:9"},
        "typed in the address bar": {"Sec-Fetch-Site": "none"},
    }.items():
        for path, body in (("/api/sous-niveau-3", {"confirmation": True}), ("/api/inscription/confirmation", {"code": "000000"})):
            answer = dominique.same().post(path, body, headers=headers, origin=False)
            if answer.status != 403:
                break
        verdict.hold(f"from {what}: refused", answer.status == 403, answer)
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                  "text/plain; application/json", "application/jsonx", ""):
        answer = dominique.same().post("/api/sous-niveau-3", b'{"confirmation":true}', headers={"Content-Type": media})
        verdict.hold(f"a body that calls itself {media!r}: refused", answer.status == 415, answer)
    answer = dominique.same().post("/api/sous-niveau-3?_method=DELETE", {"confirmation": True},
                                   headers={"X-HTTP-Method-Override": "DELETE"})
    verdict.hold("a method in disguise is not followed", answer.status == 200
                 and dominique.get("/api/sous-niveau-3").json["en_cours"] is True, answer)
    verdict.hold("a GET changes nothing", dominique.get("/api/deconnexion").status == 405 and dominique.signed_in())
    asked = [dominique.get("/api/profil", headers={"Origin": "https://evil.example"}),
             dominique.same().ask("OPTIONS", "/api/profil", origin=False, headers={
                 "Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"})]
    verdict.hold("no other site may read", all("access-control-allow-origin" not in one.headers for one in asked))


def things_of_others(server, dominique, renaud):
    declared = renaud.declare("12", PDF + b"de Renaud" + b" " * 100, "", key="renaud-dif-0123456789")
    reference = declared.json["declaration"]["reference"]
    line = renaud.first_line()
    disputed = renaud.dispute(line, "de Renaud", "renaud-line-0123456789")
    account = server.query("SELECT id FROM comptes WHERE courriel = 'renaud@example.org'")[0][0]
    piece = server.query("SELECT id FROM pieces")[0][0]
    own = f"/api/dif/{reference}", f"/api/contestations/{disputed.json['reference']}"
    for path in (*own, "/api/profil/2", f"/api/profil?compte={account}", "/api/droits?personne=1",
                 f"/api/profil/export?compte={account}"):
        answer = dominique.get(path)
        verdict.hold(f"nothing of another by {path.split('?')[0].rsplit('/', 1)[0]}/…", answer.status in (404, 405)
                     or (answer.status == 200 and b"Ambroise" not in answer.body and reference.encode() not in answer.body))
    for header in ({"acquis-compte": account}, {"X-User-Id": account}, {"X-Forwarded-User": "renaud@example.org"},
                   {"X-Original-URL": "/api/profil"}):
        answer = dominique.get("/api/profil", headers=header)
        verdict.hold(f"nor by the header {next(iter(header))}", b"Ambroise" not in answer.body, answer.status)
    for path in (f"/pieces/{piece}", f"/data/pieces/{piece}", f"/../data/pieces/{piece}", "/acquis.db", "/..%2fdata%2fcle", "/cle"):
        answer = dominique.get(path)
        verdict.hold(f"no file of the server by {path[:12]}…", answer.status == 404 and b"SQLite" not in answer.body)
    again = dominique.declare("12", PDF + b"de Dominique" + b" " * 100, "", key="renaud-dif-0123456789")
    verdict.hold("another's key is one's own key", again.status == 201 and again.json["declaration"]["reference"] != reference)
    line = dominique.first_line()
    again = dominique.dispute(line, "de Dominique", "renaud-line-0123456789")
    verdict.hold("… for disputes too", again.status == 201 and again.json["reference"] != disputed.json["reference"])


def requests_of_others(server):
    """Submissions sent again by somebody who knows all but the secret of the browser."""
    person, browser, key = Person(10), Browser(server), "person-ten-0123456789"
    browser.ask_account(person, key)
    code = server.mailroom.code(person["courriel"])
    other_body = Browser(server).ask_account(person.but(mot_de_passe=OTHER), key)
    verdict.hold("a key with another body is refused, and gives no cookie", other_body.status == 409
                 and other_body.code == "cle_idempotence_reprise" and not other_body.headers.get_all("set-cookie"), other_body)
    stranger = Browser(server)
    stranger.ask_account(Person(11))
    tried = stranger.confirm(code)
    verdict.hold("the code of another request opens nothing", tried.status == 422 and not stranger.signed_in(), tried)
    bare = Browser(server).confirm(code)
    verdict.hold("a code without its browser opens nothing", bare.status in (401, 409, 410, 422), bare)
    false = Browser(server)
    false.cookies = {name: "0" * 64 for name in browser.cookies}
    tried = false.confirm(code)
    verdict.hold("nor with a cookie that was made up", tried.status in (401, 409, 410, 422) and not false.signed_in(), tried)
    seen = false.get("/api/inscription")
    verdict.hold("… which waits for nothing", seen.status == 200 and seen.json["attente"] is None, seen)
    good = browser.confirm(code)
    verdict.hold("the browser that asked opens it", good.status == 201, good)
    for path in ("/api/inscription", "/api/recuperation"):
        waiting = browser.get(path)
        verdict.hold(f"what is told at {path} holds no code and no secret", code.encode() not in waiting.body
                     and not re.search(rb"[0-9a-f]{32}", waiting.body), waiting.body.decode()[:120])


KEYS = ("court", "é" * 20, "a" * 65, "avec espace 0123456789", "' OR 1=1 -- 0123456")
NAMES = {"a script": "<script>alert(1)</script>", "a turned writing": "Pat\u202eTrois", "a width of zero": "Pat\u200bTrois",
         "a formula": "=cmd|' /C calc'!A0", "300 letters": "a" * 300}
E_MAILS = {"two lines": "a@example.org\r\nBcc: b@example.org", "a line break in disguise": "a@example.org%0d%0aX:y",
           "two addresses": "a@example.org, b@example.org", "a name before": "A <a@example.org>",            "a tag": "<b>@example.org", "300 letters": "a" * 300 + "@example.org", "a number": "a@[127.0.0.1]"}


def strange_bodies(server):
    browser, body = Browser(server), json.dumps(Person(20).fields).encode()
    for key in KEYS:
        answer = browser.post("/api/inscription", Person(20), headers={"Idempotency-Key": key.encode().decode("latin1")})
        verdict.hold(f"the key {key[:12]!r}: refused", answer.status == 400, answer)
    for field in ("id", "personne", "compte", "connue", "role", "solde", "__proto__"):
        answer = browser.ask_account(Person(20, **{field: "x"}))
        verdict.hold(f"an unknown field {field}: refused", answer.status == 400, answer)
    for what, sent in {
        "a field twice": body[:-1] + b',"courriel":"autre@example.org"}', "brackets 60 000 deep": b"[" * 60_000,
        "brackets in a field": body.replace(b'"Camille"', b"[" * 20_000 + b"]" * 20_000),
        "not UTF-8": body.replace(b"Camille", b"\xff\xfe"), "half a character": body.replace(b"Camille", b"\\ud800"),
        "NaN": b'{"cgu":NaN}', "a huge number": b'{"cgu":1e999999}', "a list": b"[]", "null": b"null",
        "something after": body + b"{}", "66 kB": body[:-1] + b" " * 66_000 + b"}", "a mark of UTF-8": b"\xef\xbb\xbf" + body,
        "a NUL in a name": body.replace(b"Camille", b"Cam\\u0000ille"), "nothing": b"",
    }.items():
        answer = browser.post("/api/inscription", sent, headers={"Content-Type": "application/json"}, key=uuid.uuid4().hex)
        verdict.hold(f"JSON, {what}: refused", answer.status in (400, 413, 422), answer)
    for what, name in NAMES.items():
        answer = browser.ask_account(Person(20, nom_naissance=name))
        verdict.hold(f"a name with {what}: refused at its field", list(answer.faults) == ["nom-naissance"], answer)
    for what, courriel in E_MAILS.items():
        for path, sent in (("/api/inscription", Person(20, courriel=courriel).fields),
                           ("/api/recuperation", {"courriel": courriel})):
            answer = browser.post(path, sent, key=uuid.uuid4().hex)
            verdict.hold(f"{path}, an e-mail with {what}: refused at its field", list(answer.faults) == ["courriel"], answer)
    for code in ("", "12345", "1234567", "abcdef", "12345\u0000", "१२३४५६७", "1" * 10_000, "' OR 1=1"):
        answer = browser.confirm(code)
        verdict.hold(f"the code {code[:10]!r}: refused", answer.status in (401, 409, 410, 422), answer)


PNG = b"\x89PNG\r\n\x1a\n"
FILES = {
    "HTML that calls itself PDF far within": (b"<html>" + b" " * 900 + b"%PDF-1.7", 422),
    "a ZIP with the word of a PDF": (b"PK\x03\x04" + b"\0" * 60 + b"%PDF-1.7", 422),
    "a GIF": (b"GIF89a/*%PDF-*/=1;", 422), "a program": (b"MZ%PDF-1.7", 422),
    "a drawing that runs": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", 422),
    "the head of a HEIC alone": (b"\0\0\0\x18ftypheic" + b"\0" * 50, 422), "the first bytes of a PNG": (PNG, 422),
    "a PNG of 60 000 by 60 000": (PNG + b"\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60", 422), "nothing": (b"", 422),
    "10 000 000 bytes": (PDF + b"x" * 9_999_991, 201), "one byte more": (PDF + b"x" * 9_999_992, 413),
}


def files(server, dominique):
    for what, (content, expected) in FILES.items():
        answer = dominique.declare("1", content)
        verdict.hold(f"a file, {what}: {expected}", answer.status == expected, answer)
    for name in ("../../../../tmp/x.pdf", "a\x00.pdf", "c:\\x.pdf", "é" * 300 + ".pdf", '"; filename=evil.html'):
        answer = dominique.declare("1", proof(100), name=name)
        verdict.hold(f"a file called {name[:14]!r} takes no name of ours", answer.status in (201, 400, 422), answer)
    for what, (fields, expected) in {
        "an unknown field": ([("heures", "1"), ("compte", "x")], {400}), "a field twice": ([("heures", "1"), ("heures", "99")], {400}),
        "hours of 1 MB": ([("heures", "1" * 1_000_000)], {400, 413}), "20 000 parts": ([("heures", "1")] * 20_000, {400}),
    }.items():
        body, media = form(fields, proof(100))
        answer = dominique.post("/api/dif", body, headers={"Content-Type": media}, key=uuid.uuid4().hex)
        verdict.hold(f"a form with {what}: refused", answer.status in expected, answer)
    cut, _ = form([("heures", "1")], proof(100))
    answer = dominique.post("/api/dif", cut[:-20], headers={"Content-Type": "multipart/form-data; boundary=x"}, key="f" * 20)
    verdict.hold("a form without its end: refused", answer.status in (400, 422), answer)
    verdict.hold("a declaration by nobody: refused", Browser(server).declare("1", proof(100)).status == 401)
    strange = [name for name in os.listdir(server.data / "pieces") if not re.fullmatch("[0-9a-f]{32}", name)]
    verdict.hold("every file has a name of the server's own", not strange, *strange)


def answers(server, dominique):
    export = dominique.get("/api/profil/export")
    verdict.hold("the export is a file to keep, kept by nobody on the way", "attachment" in export.headers["content-disposition"]
                 and export.headers["cache-control"] == "no-store")
    for path in ("/api/profil", "/api/droits", "/api/session", "/api/inscription", "/api/recuperation", "/api/nothing",
                 "/sante/vif", "/api/openapi.json", "/boite"):
        answer = dominique.get(path)
        verdict.hold(f"nobody on the way keeps {path}", answer.headers.get("cache-control") in ("no-store", "no-cache"),
                     answer.status, answer.headers.get("cache-control"))
    for host in ("evil.example", "127.0.0.1:1", "localhost.evil.example", ""):
        page, box = (Browser(server).get(path, headers={"Host": host}) for path in ("/", "/boite"))
        verdict.hold(f"the host {host!r} is not repeated", b"evil" not in page.body and "location" not in page.headers)
        if "127" not in host:
            verdict.hold(f"… and is not shown the letters of this machine", box.status in (400, 404), box.status)
    answer = dominique.get("/api/historique?au=%C3%A9%00%0d%0aX:y")
    verdict.hold("no header comes from an address", answer.status == 422 and "x" not in answer.headers, answer)
    verdict.hold("the server does not say what it is", "server" not in answer.headers and "x-powered-by" not in answer.headers)


def sessions(server, dominique, renaud):
    def enter():
        browser = Browser(server)
        browser.sign_in(RENAUD["courriel"], OTHER)
        return browser

    gone = enter()
    secret = gone.cookies["acquis"]
    gone.post("/api/deconnexion")
    verdict.hold("signed out is signed out at once", with_session(server, secret).get("/api/droits").status == 401)
    for _ in range(40):
        last = enter()
    listed = last.get("/api/profil/connexions").json["connexions"]
    verdict.hold("the sessions of an account are bounded", len(listed) <= 20, len(listed))
    changed = last.change_password(OTHER, "dix tortues sur le quai")
    verdict.hold("a new password ends the others", changed.status == 204 and last.signed_in()
                 and len(last.get("/api/profil/connexions").json["connexions"]) == 1)
    tried = [last.ask_change("0639981111", DOMINIQUE["courriel"], "dix tortues sur le quai") for _ in range(14)]
    verdict.hold("somebody signed in does not try e-mails without end", 429 in [one.status for one in tried]
                 or len({one.body for one in tried}) == 1 and tried[0].status < 300, tally(tried))
    line = dominique.first_line()
    disputes = [dominique.dispute(line, "x" * 2_000) for _ in range(30)]
    verdict.hold("the disputes of an account are bounded", any(one.status in (409, 429) for one in disputes), tally(disputes))


def ways_back(server):
    """A lost password: the code serves the mailbox that the account has now, once, and ends what was open before."""
    person, holder, elsewhere, room = Person(40), Browser(server), Browser(server), server.mailroom
    assert holder.open_account(person).status == 201
    elsewhere.sign_in(person["courriel"])

    def asked(courriel):
        browser, seen = Browser(server), len(room.to(courriel))
        browser.recover(courriel)
        return browser, room.wait(courriel, seen, wanted=lambda letter: letter.code)

    forgetful, letter = asked(person["courriel"])
    waiting = dict(forgetful.cookies)
    common = forgetful.choose_password(letter.code, "motdepasse2026")
    verdict.hold("a code does not let one choose a password that everybody has", common.status == 422
                 and list(common.faults) == ["mot-de-passe"], common)
    given = forgetful.choose_password(letter.code, OTHER)
    verdict.hold("… and still serves for a good one", given.status == 200, given)
    verdict.hold("a password that was replaced ends every session but one", not holder.signed_in()
                 and not elsewhere.signed_in() and forgetful.signed_in())
    told = room.wait(person["courriel"], after=0, wanted=lambda letter: "remplacé" in letter.subject)
    verdict.hold("… and the holder is told", told and not told.code, told and told.subject)
    again = Browser(server)
    again.cookies = waiting
    tried = [again.choose_password(letter.code, "dix tortues sur le quai"),
             again.post("/api/recuperation/mot-de-passe", {"jeton": letter.token, "mot_de_passe": "dix tortues sur le quai"})]
    verdict.hold("a code and its link choose one password, not two", all(one.status >= 400 for one in tried)
                 and Browser(server).sign_in(person["courriel"], OTHER).status == 200, *tried)

    former, letter = asked(person["courriel"])
    changed = forgetful.change(person["courriel"], "0639981111", "ailleurs@example.org", OTHER)
    if changed.status == 200:
        tried = [former.choose_password(letter.code, "dix tortues sur le quai"),
                 Browser(server).post("/api/recuperation/mot-de-passe", {
                     "jeton": letter.token, "mot_de_passe": "dix tortues sur le quai"})]
        verdict.hold("a code sent to the former address opens nothing once the address changed",
                     all(one.status >= 400 for one in tried) and forgetful.signed_in(), *tried)
    else:
        verdict.tell("the e-mail is not changed at once here:", changed)


def limits(server):
    target = "cible@example.org"
    found = [Browser(server).sign_in(target, "x").status for _ in range(12)]
    verdict.hold("ten wrong passwords, then one waits", found == [401] * 10 + [429] * 2, found)
    found = [Browser(server).post("/api/connexion", {"courriel": target.upper(), "mot_de_passe": "x"}, headers={
        "X-Forwarded-For": f"10.0.0.{rank}", "X-Real-IP": "1.2.3.4", "Forwarded": "for=1.2.3.4"}).status for rank in range(3)]
    verdict.hold("… whatever the case of the e-mail and the address that one claims", found == [429] * 3, found)


def floods(server):
    """With the limits that a server has by default: one address asks for accounts and for the way back without end."""
    asked = [Browser(server).ask_account(Person(5_000 + rank)) for rank in range(80)]
    verdict.hold("one address does not ask for accounts without end", 429 in [one.status for one in asked], tally(asked))
    asked = [Browser(server).recover("dominique@example.org") for _ in range(80)]
    verdict.hold("nor for the way back into one", 429 in [one.status for one in asked], tally(asked))
    letters = server.query("SELECT COUNT(*) FROM courriers WHERE occasion = 'code_recuperation'")[0][0]
    verdict.hold("… and its mailbox gets ten codes a day at most", int(letters) <= 10, letters)


with place(chosen, verdict) as (folder, _):
    server = Server(chosen.program, folder / "known", Mailbox(), tentatives_adresse=10_000)
    assert server.run("demo").returncode == 0
    server.start()
    dominique, renaud = cookies(server)
    other_sites(server, dominique)
    things_of_others(server, dominique, renaud)
    requests_of_others(server)
    strange_bodies(server)
    files(server, dominique)
    answers(server, dominique)
    sessions(server, dominique, renaud)
    ways_back(server)
    limits(server)
    server.stop()
    verdict.quiet_log(server)
    server = Server(chosen.program, folder / "default", Mailbox(), tentatives_adresse=60).start()
    floods(server)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
