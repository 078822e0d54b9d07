"""The mail that the program writes: a mail server that takes it, or the page where it stays."""

import contextlib
import email
import email.policy
import html
import http.client
import re
import socketserver
import threading
import time


class Letter:
    def __init__(self, to, subject, text, number=""):
        self.to, self.subject, self.text, self.number = to, subject, text, number

    @property
    def code(self):
        """The six figures, alone on their line."""
        found = re.search(r"^\s*(\d{3}) (\d{3})\s*$", self.text, re.MULTILINE)
        return "".join(found.groups()) if found else None

    @property
    def token(self):
        """What the link carries, which no server is shown."""
        found = re.search(r"#([0-9a-f]{64})\b", self.text)
        return found.group(1) if found else None


class Mailroom:
    """A mail server that takes everything and keeps it; `hold` makes it wait before it says that it took a letter."""

    def __init__(self):
        self.letters, self.lock, self.hold = [], threading.Lock(), 0.0
        mailroom = self

        class Conversation(socketserver.StreamRequestHandler):
            def say(self, line):
                self.wfile.write(line.encode() + b"\r\n")

            def handle(self):
                with contextlib.suppress(OSError):
                    self.converse()

            def converse(self):
                self.say("220 mailroom")
                to = ""
                while line := self.rfile.readline():
                    verb = line[:4].upper()
                    if verb == b"EHLO":
                        self.say("250-mailroom\r\n250 8BITMIME")
                    elif verb == b"RCPT":
                        to = re.search(rb"<(.*?)>", line).group(1).decode()
                        self.say("250 here")
                    elif verb == b"DATA":
                        self.say("354 go on")
                        data = b""
                        while (line := self.rfile.readline()) not in (b".\r\n", b""):
                            data += line
                        mailroom.take(to, data)
                        time.sleep(mailroom.hold)
                        self.say("250 taken")
                    elif verb == b"QUIT":
                        return self.say("221 bye")
                    else:
                        self.say("250 well")

        socketserver.ThreadingTCPServer.daemon_threads = True
        socketserver.ThreadingTCPServer.request_queue_size = 128
        self.desk = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self.port = self.desk.server_address[1]
        threading.Thread(target=self.desk.serve_forever, daemon=True).start()

    def take(self, to, data):
        message = email.message_from_bytes(data, policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        with self.lock:
            self.letters.append(Letter(to, message["subject"], text, message["message-id"]))

    def to(self, address):
        """All that this mailbox got, the first first."""
        with self.lock:
            return [letter for letter in self.letters if letter.to == address]

    def wait(self, address, after=0, patience=30, wanted=lambda letter: True):
        """The last letter that is wanted among those after the first `after`; nothing when none came in time."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = [letter for letter in self.to(address)[after:] if wanted(letter)]
            if found:
                return found[-1]
            time.sleep(0.05)
        return None

    def code(self, address, after=0, patience=30):
        letter = self.wait(address, after, patience, lambda letter: letter.code)
        if not letter:
            raise RuntimeError(f"no code came to {address} in {patience} s")
        return letter.code


class Mailbox:
    """The mail of a server that sends nothing, as it is read at /boite on the machine itself. It shows the last letters."""

    def __init__(self, port=None):
        self.port = port

    def to(self, address):
        page = self.page()
        letters = []
        for article in re.findall(r"<article>(.*?)</article>", page, re.DOTALL):
            subject = html.unescape(re.search(r"<h2>(.*?)</h2>", article, re.DOTALL).group(1))
            to = html.unescape(re.search(r"<p>À (.*?), ", article, re.DOTALL).group(1))
            text = html.unescape(re.search(r"<pre>(.*?)</pre>", article, re.DOTALL).group(1))
            letters.append(Letter(to, subject, text))
        return [letter for letter in reversed(letters) if letter.to == address]

    def page(self):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET", "/boite", headers={"Host": f"localhost:{self.port}"})
        return line.getresponse().read().decode()

    wait, code = Mailroom.wait, Mailroom.code
