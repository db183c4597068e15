"""Requests to addresses that people have named reach the public Internet or nothing."""

import socket
import threading
import time
from contextlib import suppress

import httpcore
import pytest

from reports.delivery import outward

ANY = "0.0.0.0"  # noqa: S104 - an address to refuse


def test_an_answer_that_never_ends_is_not_read_to_its_end(local, listening):
    hook = listening((200, {}, b"x" * (outward.MOST * 20)))

    answer = outward.post(hook.url, b"{}", {})

    assert len(answer.body) == outward.MOST


def test_a_receiver_that_answers_by_single_letters_is_left(local, monkeypatch):
    monkeypatch.setattr(outward, "WHOLE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        slow = threading.Thread(target=_trickle, args=(server,), daemon=True)
        slow.start()
        began = time.monotonic()

        with pytest.raises(httpcore.TimeoutException):
            outward.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})

        assert time.monotonic() - began < 2
        slow.join()


def _trickle(server):
    """Each letter comes well within the time for one step."""
    client, _address = server.accept()
    with client, suppress(OSError):
        for letter in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100:
            client.sendall(bytes([letter]))
            time.sleep(0.05)


def test_nothing_reaches_the_loopback_address_by_any_spelling(listening, monkeypatch):
    """The listener counts connections; a fake resolver sends names wherever it likes."""
    hook = listening()
    port = hook.server_port
    monkeypatch.setattr(outward, "PORTS", {"https": port, "http": port})
    hosts = (
        "127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0177.1", "127.1",
        "127.0.1", "0", ANY, "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost", "localhost.", "LOCALHOST",
        "hook.example", "hook.example.", "user@hook.example", "hook.example@127.0.0.1",
        "hook.example\\@127.0.0.1", "127.0.0.1#.hook.example", "127.0.0.1?.hook.example",
        "①②⑦.⓪.⓪.①", "hook。example", "hook.example%00", "hook.example%2f", "hook.example\t",
    )  # fmt: skip
    real = socket.getaddrinfo

    def lying(host, *args, **more):
        name = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1" if name.endswith(("example", "example.")) else name, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    tried = 0
    for host in hosts:
        for scheme in ("https", "http", "HTTPS", "ftp", "file", "gopher", "unix", "//"):
            for suffix in ("", f":{port}", ":22", ":6379", ":"):
                url = f"{scheme}://{host}{suffix}/hook"
                tried += 1
                with pytest.raises((outward.AddressRefused, OSError)):
                    outward.post(url, b"{}", {})

    assert hook.connections == 0
    assert tried == 1280


PUBLIC = ("1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101")
PRIVATE = (
    "127.0.0.1", "127.255.255.254", ANY, "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::1",
    "2001:0:7f00:1::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1",
    "2001:db8::1", "100::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_called(address):
    assert outward.is_global(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_no_other_address_may_be_called(address):
    assert not outward.is_global(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_there_among_public_ones_is_not_called(address, monkeypatch):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, 1, 6, "", (one, 443)) for one in ("1.1.1.1", address)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)

    with pytest.raises(outward.AddressRefused, match="public Internet"):
        outward.resolved("hook.example", 443)


def test_the_connection_goes_to_the_very_address_that_was_checked(monkeypatch):
    """A name that is looked up twice may answer otherwise the second time."""
    asked, called = [], []

    def resolver(host, *args, **more):
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("1.1.1.1" if len(asked) == 1 else "127.0.0.1", 443))]

    def connect(self, host, *args, **more):
        called.append(host)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    with pytest.raises(OSError, match="no network"):
        outward.post("https://hook.example/", b"{}", {})

    assert (asked, called) == (["hook.example"], ["1.1.1.1"])


def test_a_proxy_of_the_environment_is_not_used(listening, monkeypatch):
    hook = listening()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, hook.url)
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **more: [(2, 1, 6, "", ("1.1.1.1", 443))]
    )
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", _unreachable)

    with pytest.raises(OSError, match="no network"):
        outward.post("https://hook.example/", b"{}", {})

    assert hook.connections == 0


def _unreachable(self, host, *args, **more):
    raise OSError("no network in tests")
