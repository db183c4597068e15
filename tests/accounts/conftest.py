"""Addresses nobody else uses, so that the limits of one test are not those of another."""

import base64
import hashlib
import hmac
import itertools
import struct
import time

import pytest
from django.test import Client

from accounts.choices import Role
from tests import make

_number = itertools.count(int(time.time() * 1000) % 2**24 * 256)
PASSWORD = "correct-horse-battery"


def new_address():
    """An address in an IPv6 network of the documentation range that no run has used before."""
    number = next(_number)
    return f"2001:db8:{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}::1"


def visitor():
    """A browser at an address of its own."""
    return Client(REMOTE_ADDR=new_address())


@pytest.fixture
def client():
    return visitor()


@pytest.fixture
def ada():
    """Ada the administrator."""
    return make.person("ada", Role.ADMINISTRATOR, is_staff=True, is_superuser=True)


def with_password(person):
    person.set_password(PASSWORD)
    person.email = f"{person.username}@example.org"
    person.save()
    return person


def sign_in(client, name, password=PASSWORD):
    return client.post("/desk/sign-in/", {"login": name, "password": password})


def code(secret, at=None):
    """The code that an authenticator app shows for the secret (RFC 6238)."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    told = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = told[-1] & 0xF
    number = int.from_bytes(told[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
