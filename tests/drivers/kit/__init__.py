"""What the drivers share: people who are nobody, a server of one's own, browsers, the mail that it writes, a verdict.

Standard library only. A driver says what it promises in its docstring, calls `Verdict.hold` for each part of it, and ends
by `Verdict.end`: 0 when all held, 1 when something broke, 2 when something could not be tried here.
"""

from .browser import (PDF, Answer, Browser, cut, form, proof, spread, statuses, tally, together)
from .mail import Letter, Mailbox, Mailroom
from .people import PASSWORD, Person, activites
from .server import Server, drop_database, free_port, new_database
from .verdict import Verdict, arguments, place
