#!/usr/bin/env python3
"""Requests that no browser writes, byte by byte: each is refused or answered once, and hides no other request.

  odd_http.py PROGRAM
"""

import re
import socket

from kit import Browser, Mailbox, Server, Verdict, arguments, place

chosen = arguments(__doc__, postgres=False)
verdict = Verdict()


def send(server, data):
    """All the answers that these bytes get, by their status."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.settimeout(1)
        try:
            line.sendall(data)
            while more := line.recv(65_536):
                received += more
        except OSError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received)], received


def cases(port):
    """What is sent, and the answers that are right: their statuses, one set for each answer."""
    host, own = b"Host: localhost\r\n", b"Origin: http://127.0.0.1:%d\r\n" % port
    hidden = b"GET /sante/vif HTTP/1.1\r\nHost: localhost\r\n\r\n"
    post = b"POST /api/connexion HTTP/1.1\r\n" + host + own + b"Content-Type: application/json\r\n"
    live = b"GET /sante/vif HTTP/1.1\r\n"
    refused, body = [{400}], b'{"courriel":"a@example.org","mot_de_passe":"x"}'
    return {
        "a length and chunks together": (post + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, refused),
        "chunks then a length": (post + b"Transfer-Encoding: chunked\r\nContent-Length: 200\r\n\r\n0\r\n\r\n" + hidden, refused),
        "two lengths": (post + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + hidden, refused),
        "a length with a sign": (post + b"Content-Length: +5\r\n\r\nabcde" + hidden, refused),
        "a length in hexadecimal": (post + b"Content-Length: 0x5\r\n\r\nabcde" + hidden, refused),
        "an encoding that does not exist": (post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden, refused),
        "a space before the colon": (post + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden, refused),
        "a chunk larger than any number": (post + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 17 + b"\r\na\r\n0\r\n\r\n" + hidden, refused),
        "a chunk with 20 kB of extension": (post + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"a" * 20_000 + b"\r\n{\r\n0\r\n\r\n" + hidden, refused),
        "lines that end with LF alone": (b"GET /sante/vif HTTP/1.1\nHost: localhost\n\n", [{200, 400}]),
        "a header over two lines": (live + host + b"X: a\r\n b\r\n\r\n", refused),
        "a NUL in a header": (live + host + b"X: a\0b\r\n\r\n", refused),
        "no host": (live + b"\r\n", refused),
        "two hosts": (live + host + b"Host: other.example\r\n\r\n", refused),
        "HTTP/1.0 without a host": (b"GET /sante/vif HTTP/1.0\r\n\r\n", [{200}]),
        "the address of another site": (b"GET http://other.example/sante/vif HTTP/1.1\r\n" + host + b"\r\n", [{200, 400, 404}]),
        "a body behind a GET, which hides a request": (live + host + b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden, [{200, 400}]),
        "two hundred headers": (live + host + b"".join(b"X-%d: a\r\n" % rank for rank in range(200)) + b"\r\n", [{431}]),
        "a header of 1 MB": (live + host + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n", [{431}]),
        "an address of 100 kB": (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host + b"\r\n", [{414, 431, 404}]),
        "the first words of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []),
        "TRACE": (b"TRACE / HTTP/1.1\r\n" + host + b"\r\n", [{403, 404, 405}]),
        "CONNECT": (b"CONNECT a:80 HTTP/1.1\r\n" + host + b"\r\n", [{400, 403, 404, 405}]),
        "a path that climbs": (b"GET //../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n", [{400, 404}]),
        "a path that climbs in disguise": (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + host + b"\r\n", [{400, 404}]),
        "a line break in disguise": (b"GET /%0d%0aSet-Cookie:a=b HTTP/1.1\r\n" + host + b"\r\n", [{400, 404}]),
        "a body that waits for a word, from nowhere": (
            b"POST /api/connexion HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\nExpect: 100-continue\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body) + body, [{403}]),
    }


with place(chosen, verdict) as (folder, _):
    server = Server(chosen.program, folder, Mailbox()).start()
    for what, (data, expected) in cases(server.port).items():
        found, received = send(server, data)
        right = len(found) == len(expected) and all(one in some for one, some in zip(found, expected))
        verdict.hold(what, right and b"root:" not in received and b"set-cookie: a=b" not in received.lower(), found)
    verdict.hold("after all that the server serves", Browser(server).get("/sante/pret").status == 200)
    server.stop()
    verdict.quiet_log(server)
verdict.end()
