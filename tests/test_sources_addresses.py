"""Only addresses of the public internet may be fetched from."""

from __future__ import annotations

import socket

import pytest

from index.errors import SourceError
from index.sources.addresses import is_allowed, resolve

PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:82f::200e"]
PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "::1",
    "fd00::1",
]
NEVER = [
    *("0.0.0.0", "0.1.2.3", "169.254.169.254", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.7"),
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::127.0.0.1", "::8.8.8.8"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1"),
    *("100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fe80::1"),
    *(
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
        "2606:4700:4700::1111%eth0",
        "localhost",
        "",
        "0x7f.1",
        "2130706433",
        "127.1",
    ),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address):
    assert is_allowed(address)
    assert is_allowed(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_allowed_only_when_that_is_asked_for(address):
    assert not is_allowed(address)
    assert is_allowed(address, allow_private=True)


@pytest.mark.parametrize("address", NEVER)
def test_other_addresses_are_never_allowed(address):
    assert not is_allowed(address)
    assert not is_allowed(address, allow_private=True)


def found(*addresses: str):
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


def test_every_address_of_a_host_has_to_be_public(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", found("8.8.8.8", "1.1.1.1", "8.8.8.8"))
    assert resolve("news.example", 80, "here") == ["8.8.8.8", "1.1.1.1"]
    monkeypatch.setattr(socket, "getaddrinfo", found("8.8.8.8", "127.0.0.1"))
    with pytest.raises(SourceError, match=r"news\.example is at 127\.0\.0\.1, which is not on the public internet"):
        resolve("news.example", 80, "here")


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "[::1]"]
)
def test_no_way_of_writing_this_machine_is_let_through(host):
    with pytest.raises(SourceError):
        resolve(host.strip("[]"), 80, "here")


def test_a_host_that_is_not_known_is_reported():
    with pytest.raises(SourceError, match="is not known"):
        resolve("a" * 70 + ".example", 80, "here")
