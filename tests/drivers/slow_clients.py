#!/usr/bin/env python3
"""Clients that never end keep nobody else out: heads, bodies and answers that drag are cut, and others are served meanwhile.

Thousands of connections from some addresses of this machine (127.0.0.2, .3…), while somebody at an address of their own
asks for a page once a second. Linux alone lets one machine call from many addresses.

  slow_clients.py PROGRAM [--connections 3000] [--addresses 6] [--seconds 24]
"""

import resource
import socket
import time

from kit import Browser, Mailroom, Person, Server, Verdict, arguments, place, proof

chosen = arguments(__doc__, postgres=False, connections=(3_000, "held at once"), addresses=(6, "where they come from"),
                   seconds=(24, "for which they are held"))
verdict = Verdict()
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, chosen.connections + 500), most))


def hold(server, head, source):
    line = socket.socket()
    line.settimeout(3)
    try:
        line.bind((source, 0))
        line.connect(("127.0.0.1", server.port))
        line.sendall(head)
        line.setblocking(False)
        return line
    except OSError:
        line.close()
        return None


def is_open(line):
    """Whether the server still waits for this one: it answered nothing and did not hang up."""
    try:
        line.recv(65_536)
        return False
    except BlockingIOError:
        return True
    except OSError:
        return False


def drag(what, server, head, drop, period):
    """Holds them all, with a byte of each now and then; how an ordinary client fares meanwhile."""
    lines = [hold(server, head, f"127.0.0.{2 + rank % chosen.addresses}") for rank in range(chosen.connections)]
    lines, before = [line for line in lines if line], server.memory()
    ordinary, worst, answered, tries = Browser(server, source="127.0.0.100"), 0.0, 0, 0
    end, next_drop = time.monotonic() + chosen.seconds, time.monotonic() + period
    while time.monotonic() < end:
        start, tries = time.monotonic(), tries + 1
        try:
            answered += ordinary.get("/api/session", patience=5).status == 200
            worst = max(worst, time.monotonic() - start)
        except OSError:
            pass
        if time.monotonic() > next_drop:
            next_drop += period
            for line in lines:
                try:
                    line.send(drop)
                except OSError:
                    pass
        time.sleep(max(0.0, 1 - (time.monotonic() - start)))
    left = sum(map(is_open, lines))
    for line in lines:
        line.close()
    verdict.hold(f"{what}: {len(lines)} held, an ordinary client is always answered", answered == tries,
                 f"{answered} of {tries}, worst {worst:.2f} s, memory {before} then {server.memory()} MiB")
    verdict.hold(f"{what}: after {chosen.seconds} s none is held any more", left <= len(lines) // 50, left)
    time.sleep(1)


def export_unread(server):
    """Five people ask for their export of 40 MB and read none of it. Their lines, and what it took."""
    file, readers, lines = proof(9_900_000), [], []
    for rank in range(5):
        browser = Browser(server)
        assert browser.open_account(Person(rank)).status == 201
        for _ in range(3):
            assert browser.declare("1", file).status == 201
        # The file holds the proofs of whoever proved who they are; proving it ends their sessions.
        reference = browser.get("/api/profil").json["reference"]
        server.run("comptes", reference, "--prouver", "--preuve", "carte vue", "--agent", "Driver")
        assert browser.sign_in(Person(rank)["courriel"]).status == 200
        assert browser.allow_export().status == 204
        readers.append(browser)
    before = server.memory()
    for browser in readers:
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.connect(("127.0.0.1", server.port))
        line.sendall(f"GET /api/profil/export/entier HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n".encode())
        lines.append(line)
    time.sleep(2)
    growth = server.memory() - before
    verdict.hold("five exports of 40 MB that nobody reads are not kept in memory", growth < 100, f"{growth} MiB more")
    second = readers[0].same().take_everything()
    verdict.hold("… an account has one export at a time", second.status == 429, second)
    return readers[0], lines


with place(chosen, verdict) as (folder, _):
    server = Server(chosen.program, folder, Mailroom()).start()
    own = f"Host: localhost\r\nOrigin: http://127.0.0.1:{server.port}\r\n".encode()
    reader, unread = export_unread(server)
    drag("heads that never end", server, b"GET / HTTP/1.1\r\n" + own + b"X-A: ", b"a", 5)
    drag("bodies of which a byte comes now and then", server, b"POST /api/connexion HTTP/1.1\r\n" + own +
         b"Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{", b" ", 5)
    again = reader.same().take_everything()
    verdict.hold("an export that is not read is given up after half a minute", again.status == 200, again.status)
    for line in unread:
        line.close()
    server.stop()
    verdict.quiet_log(server)
verdict.end()
