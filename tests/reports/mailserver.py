"""A real mail server on the loopback address (aiosmtpd), which refuses, drops or waits when asked.

What it has accepted is what a reader gets: `taken` holds the bytes as they came over the wire.
"""

import asyncio
import email
import socket
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from email import policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

LOOPBACK = "127.0.0.1"
# Before a command is answered; "body": while a letter comes in; "end": stored, not answered yet.
STAGES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "end", "QUIT")
OK = "250 OK"


class Session(SMTP):
    """One connection; what comes after DATA is stopped between its lines too."""

    def connection_made(self, transport):
        self.event_handler.connections.append(transport)
        super().connection_made(transport)

    def eof_received(self):
        """Who is killed has no more to hear: the connection is closed, not left half open."""
        super().eof_received()
        return False

    async def smtp_DATA(self, arg):  # noqa: N802 - the library's name
        told = await self.event_handler.stage("DATA", self)
        await (self.push(told) if told else super().smtp_DATA(arg))

    async def push(self, status):
        if status.startswith("220 "):
            status = await self.event_handler.stage("greeting", self) or status
        await super().push(status)
        if status.startswith("354 "):
            await self.event_handler.stage("body", self)


class MailServer:
    """Takes everything unless told otherwise; keeps the port when it is stopped and started."""

    def __init__(self, **more):
        self.taken, self.asked, self.connections = [], Counter(), []
        self.port, self.slow = _free_port(), {}
        self._answers, self._held, self._stood = [], {}, threading.Event()
        self._more = more
        self.start()

    def start(self):
        self._controller = Listening(self, LOOPBACK, self.port, **self._more)
        self._controller.start()

    def stop(self):
        for transport in self.connections:
            self._controller.loop.call_soon_threadsafe(transport.abort)
        self.connections.clear()
        self._controller.stop(no_assert=True)

    @property
    def url(self):
        """For EMAIL_URL."""
        return f"smtp://{LOOPBACK}:{self.port}"

    @property
    def mails(self):
        """What was accepted, parsed."""
        return [email.message_from_bytes(raw, policy=policy.default) for _to, raw in self.taken]

    @property
    def readers(self):
        """To whom, in the order of acceptance."""
        return [to for to, _raw in self.taken]

    def answers(self, stage, status, *, to="", times=1000):
        """Answer so at a stage, for everybody or for one address. "": drop the connection."""
        assert stage in STAGES
        self._answers.append([stage, status, to, times])

    def obeys(self):
        """Take everything again."""
        self._answers.clear()

    @contextmanager
    def holding(self, stage, nth=1):
        """Whoever comes to the stage for the nth time stands there until the block ends."""
        assert stage in STAGES
        gate = threading.Event()
        self.asked.clear()
        self._stood.clear()
        self._held[stage] = (nth, gate)
        try:
            yield
        finally:
            self.release()
            del self._held[stage]

    def release(self):
        """Let go whoever stands."""
        for _nth, gate in self._held.values():
            gate.set()

    def somebody_stands(self):
        return self._stood.is_set()

    # What the library calls.

    async def stage(self, name, server, to=""):
        """Wait if somebody holds; the answer that is told for this stage, else nothing."""
        self.asked[name] += 1
        nth, gate = self._held.get(name, (0, None))
        if gate is not None and self.asked[name] == nth:
            self._stood.set()
            while not gate.is_set():
                await asyncio.sleep(0.01)
        await asyncio.sleep(self.slow.get(name, 0))
        for told in self._answers:
            stage, status, only, left = told
            if stage == name and only in ("", to) and left:
                told[3] -= 1
                if not status:
                    server.transport.abort()
                    # The library reads on otherwise, as if nothing had happened.
                    raise asyncio.CancelledError
                return status
        return ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        told = await self.stage("EHLO", server)
        return [told] if told else responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        told = await self.stage("MAIL", server)
        envelope.mail_from = address
        return told or OK

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        told = await self.stage("RCPT", server, address)
        if not told:
            envelope.rcpt_tos.append(address)
        return told or OK

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        (to,) = envelope.rcpt_tos
        told = [one for one in self._answers if one[0] == "end" and one[1] and one[2] in ("", to)]
        if not told:
            self.taken.append((to, envelope.content))
        return await self.stage("end", server, to) or OK

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return await self.stage("QUIT", server) or "221 Bye"


class Listening(Controller):
    """Takes in so little at once that a long letter is held up on its way."""

    def _create_server(self):
        door = socket.create_server((self.hostname, self.port))
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        return self.loop.create_server(self._factory_invoker, sock=door)

    def factory(self):
        return Session(self.handler, **self.SMTP_kwargs)


def _free_port():
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def _let_in(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"vigil" and data.password == b"right", handled=False)


@pytest.fixture
def post_office(settings):
    """A running mail server, and Django's own SMTP backend that talks to it."""
    with office(settings) as server:
        yield server


@pytest.fixture
def strict_office(settings):
    """One that knows whom it lets in."""
    more = {
        "authenticator": _let_in, "auth_required": True, "auth_require_tls": False,
        "auth_exclude_mechanism": ["LOGIN"],
    }  # fmt: skip
    with office(settings, **more) as server:
        yield server


@contextmanager
def office(settings, **more):
    server = MailServer(**more)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = LOOPBACK, server.port
    try:
        yield server
    finally:
        with suppress(Exception):
            server.stop()
