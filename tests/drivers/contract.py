#!/usr/bin/env python3
"""What `/api/openapi.json` promises is what the program answers: no 500, no status, type, header or body that it does not say.

schemathesis writes the requests, right ones and wrong ones, from the document itself: as nobody, then as somebody who is
signed in. What would end that session is left out of the second. Seeded: the same requests each time.

  contract.py PROGRAM            (with the Python where schemathesis is: `cargo xtask test contract` makes it)
"""

import re
import subprocess
import sys
from pathlib import Path

from kit import Browser, Mailbox, Person, Server, Verdict, arguments, place

chosen = arguments(__doc__, postgres=False, seed=(20261129, "the seed"), examples=(5, "requests of each kind for an operation"))
verdict = Verdict()

CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance")
# What ends the session: tried as nobody alone.
ENDING = ("/api/deconnexion", "/api/profil/gel", "/api/profil/connexions/{numero}")


def schemathesis(server, who, cookie=None):
    tool = Path(sys.executable).with_name("schemathesis")
    if not tool.exists():
        verdict.not_tried(who, "schemathesis is not beside this Python")
        return
    own = f"http://127.0.0.1:{server.port}"
    words = [tool, "--config-file", Path(__file__).with_suffix(".toml"), "run", f"{own}/api/openapi.json",
             "--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing", "--seed", str(chosen.seed), "--generation-database", "none",
             "--max-examples", str(chosen.examples), "--continue-on-failure", "--no-shrink", "--no-color", "--warnings", "off",
             "--workers", "1", "--request-timeout", "20", "--suppress-health-check", "all", "-H", f"Origin: {own}"]
    if cookie:
        words += ["-H", f"Cookie: {cookie}"]
        words += [word for path in ENDING for word in ("--exclude-path", path)]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, cwd=server.folder)
    said = done.stdout + done.stderr
    if not verdict.hold(f"{who}: nothing but what the document says", done.returncode == 0):
        print(said[-20_000:], flush=True)
    generated = re.search(r"(\d+) generated", said)
    verdict.tell(generated.group(0) if generated else "no request was generated")


with place(chosen, verdict) as (folder, _):
    # Refused for what they say, not for how many they are.
    many = {name: 100_000 for name in ("tentatives_compte", "tentatives_adresse")}
    server = Server(chosen.program, folder / "server", Mailbox(), **many).start()
    schemathesis(server, "as nobody")
    browser = Browser(server)
    browser.open_account(Person(7))
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    schemathesis(server, "as somebody who is signed in", cookie)
    verdict.hold("the session was there to the end", browser.signed_in())
    verdict.quiet_log(server)
    server.stop()
counts = verdict.counts
# As libtest closes, which `cargo xtask test` counts.
print(f"test result: {'FAILED' if counts['BROKEN'] else 'ok'}. {counts['held']} passed; {counts['BROKEN']} failed; "
      f"{counts['not tried']} ignored")
verdict.end()
