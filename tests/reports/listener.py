"""A receiver on the loopback address."""

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


class Listener(HTTPServer):
    """A receiver on the loopback address; counts connections, not only requests."""

    def __init__(self, *answers):
        super().__init__(("127.0.0.1", 0), Receiving)
        self.answers, self.requests, self.connections = list(answers) or [(200, {}, b"")], [], 0
        self._held, self._stood = None, threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def verify_request(self, request, client_address):
        self.connections += 1
        return True

    @contextmanager
    def holding(self, stage="request", nth=1):
        """Whoever sends the nth request from now on gets no answer until the block ends."""
        gate = threading.Event()
        self._stood.clear()
        self._held = (len(self.requests) + nth, gate)
        try:
            yield
        finally:
            self._held = None
            gate.set()

    def somebody_stands(self):
        return self._stood.is_set()

    def wait(self):
        """Of the one that is held: until it is let go."""
        if self._held is not None and self._held[0] == len(self.requests):
            gate = self._held[1]
            self._stood.set()
            gate.wait()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?key=1"


class Receiving(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        self.server.wait()
        answers = self.server.answers
        status, headers, said = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        # Who was killed meanwhile hears nothing.
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(said)

    def log_message(self, *args):
        """Nothing: the log of a receiver is no business of the test's."""


@pytest.fixture
def listening():
    """Receivers that answer in turn; the last answer stays."""
    opened = []

    def listen(*answers):
        opened.append(Listener(*answers))
        return opened[-1]

    yield listen
    for one in opened:
        one.shutdown()
        one.server_close()


@pytest.fixture
def local(settings):
    settings.WEBHOOK_LOCAL = True
