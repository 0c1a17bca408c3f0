"""Which web addresses may be asked: http and https, at addresses that the whole Internet has.

A page or feed may name any address; what stands within the operator's own network, such as a
service of the machine, answers to nobody who was led there by one (server-side request forgery).
"""

from __future__ import annotations

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus.analysis.web_addresses import MAX_ADDRESS_CHARACTERS

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # holds an IPv4 address in its last 32 bits
_TO_IPV4 = ipaddress.ip_network("2002::/16")  # 6to4: holds one in the 32 bits after these 16


class AddressError(Exception):
    """An address that is not asked; ``reason`` says why, ``remedy`` what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class Target(NamedTuple):
    """Where a request goes: the numeric address is the one that was checked."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str


def request_target(address: str, *, allow_private: bool) -> Target:
    """Return where the request for an address goes.

    The host is looked up once, and the connection goes to the address that was checked: a second
    look-up might give another one (DNS rebinding).

    Raises
    ------
    AddressError
        It is no http or https address, holds a name and password, its host is not known, or one of
        the host's addresses is private and ``allow_private`` is not set.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressError(f"this is no web address ({error})", "Check it") from error
    if parts.scheme not in _PORTS or not host or len(address) > MAX_ADDRESS_CHARACTERS:
        raise AddressError("this is no http or https address", "Check it")
    if any(ord(c) <= 32 or ord(c) == 127 for c in address):
        raise AddressError("the address holds white space", "Write it as %20")
    if parts.username is not None or parts.password is not None:
        raise AddressError("the address holds a name or password", "Leave them out")
    port = port or _PORTS[parts.scheme]
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(f"the host {host} is not known", "Check its name") from error
    ips = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not allow_private and not all(map(is_public_ip, ips)):
        raise AddressError(
            f"the host {host} is in a private network",
            "Give --allow-private if it is the one you mean",
        )
    path = parts.path or "/"
    return Target(
        parts.scheme, host, port, ips[0], f"{path}?{parts.query}" if parts.query else path
    )


def is_public_ip(text: str) -> bool:
    """Return whether a numeric address is one of the public Internet, the inner one of a pair too.

    Loopback, private, link-local, multicast, reserved and documentation addresses are not.
    """
    ip = ipaddress.ip_address(text)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip in _TO_IPV4:
            ip = ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast
