"""Which network addresses may be fetched from. A page's address comes from outside: it must not reach inside."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from index.errors import SourceError

# Python's `is_global` has changed between versions, and says nothing of IPv4 addresses carried inside IPv6 ones.
_REFUSED = tuple(
    map(
        ip_network,
        [
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        ],
    )
)
# What an intranet lives on. Link-local is not among it: cloud machines give out their secrets at 169.254.169.254.
_PRIVATE = tuple(
    map(
        ip_network,
        ["10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"],
    )
)


def is_allowed(address: str, *, allow_private: bool = False) -> bool:
    """Whether `address`, an IP address in digits, is one of the public internet, or private where that is allowed."""
    try:
        number: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv6Address) and number.scope_id:
        return False
    if allow_private and any(number in network for network in _PRIVATE if network.version == number.version):
        return True
    if not number.is_global or number.is_multicast:
        return False
    return not any(number in network for network in _REFUSED if network.version == number.version)


def resolve(host: str, port: int, where: str, *, allow_private: bool = False) -> list[str]:
    """The addresses of `host`, in the order to try them.

    Raises:
        SourceError: it has none, or one of them is not allowed. One is enough: a name that leads both outside and
            inside is a trap.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(where, f"the host {host} is not known", "check the address and the connection") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not is_allowed(address, allow_private=allow_private):
            raise SourceError(
                where,
                f"the host {host} is at {address}, which is not on the public internet",
                "save the page and add the file, or set allow_private_addresses if you trust that network",
            )
    return addresses
