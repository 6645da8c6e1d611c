"""Which addresses an import may ask for: servers on the public net, whatever a name leads to.

What a text names is not to be trusted: an address in it may mean the machine that imports, its neighbours
or its cloud provider's own services. So a name is looked up once, every address that it has must be public,
and the connection is made to one of these, never to the name again.
"""

import re
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

IPAddress = IPv4Address | IPv6Address

# In bytes; longer ones are refused, and could not be remembered either.
LONGEST_ADDRESS = 2000
PORTS = {"http": 80, "https": 443}

_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9_-]{1,63}")
_LONGEST_NAME = 253
# Names of this machine and of this house, whatever a resolver says they are.
_LOCAL = frozenset({"home", "internal", "lan", "local", "localdomain", "localhost", "onion"})
_LOCAL_ZONES = (".home.arpa",)
# `0x7f.1`, `2130706433`, `0177.0.0.1`: what the system would read as an IPv4 address.
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")

_GLOBAL_6 = IPv6Network("2000::/3")
# Where only IPv6 is spoken, the resolver writes IPv4 addresses into this.
_TRANSLATED_4 = IPv6Network("64:ff9b::/96")
# Tunnels, documentation and protocols; Python calls some of them global, and older ones more of them.
_SPECIAL = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


class AddressRefusedError(ValueError):
    """An address that is not asked for; the text says why."""


@dataclass(frozen=True)
class Target:
    """One request: `ips` are where to connect, `host` is whom to ask there, `path` for what."""

    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def host_header(self) -> str:
        """The name as HTTP writes it."""
        return f"[{self.host}]" if ":" in self.host else self.host


def is_public(ip: IPAddress) -> bool:
    """Return whether an address is that of one server on the public net.

    >>> is_public(ip_address("127.0.0.1")), is_public(ip_address("2002:7f00:1::"))
    (False, False)
    """
    if isinstance(ip, IPv6Address):
        if ip in _TRANSLATED_4:
            return is_public(IPv4Address(int(ip) & 0xFFFF_FFFF))
        if ip not in _GLOBAL_6:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _SPECIAL)


def look_up(host: str, port: int) -> Sequence[str]:
    """Return all addresses of a name. Raises `OSError` where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """Decides what may be asked for; the rules are fields so that a test can have servers of its own."""

    look_up: Callable[[str, int], Sequence[str]] = look_up
    allows: Callable[[IPAddress], bool] = is_public
    ports: Mapping[str, int] = field(default_factory=lambda: PORTS)

    def check(self, url: str) -> Target:
        """Return the request that an address stands for. Raises `AddressRefusedError`."""
        if len(url.encode(errors="replace")) > LONGEST_ADDRESS:
            raise AddressRefusedError(f"longer than {LONGEST_ADDRESS} bytes")
        try:
            parts = parse_url(url)
        except LocationParseError as error:
            raise AddressRefusedError("no address on the web") from error
        scheme = parts.scheme or ""
        if scheme not in PORTS or not parts.host:
            raise AddressRefusedError("no address on the web")
        if parts.auth is not None:
            raise AddressRefusedError("it carries a name or password")
        if parts.port not in {None, PORTS[scheme]}:
            raise AddressRefusedError(f"port {parts.port} is not the usual one of {scheme}")
        host = parts.host.strip("[]").removesuffix(".")
        port = self.ports[scheme]
        return Target(scheme, host, port, parts.request_uri, self._addresses(host, port))

    def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, all of them allowed."""
        literal = _literal(host)
        found = [str(literal)] if literal else self._resolved(host, port)
        for address in found:
            if not self.allows(ip_address(address)):
                where = host if literal else f"{host} is {address}"
                raise AddressRefusedError(f"not on the public net ({where})")
        return tuple(found)

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        if not _NAME.fullmatch(host) or len(host) > _LONGEST_NAME:
            raise AddressRefusedError(f"“{host}” is no full name of a server")
        if host.rsplit(".", 1)[-1] in _LOCAL or host.endswith(_LOCAL_ZONES):
            raise AddressRefusedError(f"“{host}” is a name for private use")
        try:
            found = self.look_up(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise AddressRefusedError(f"the name {host} could not be looked up")
        return found


def _literal(host: str) -> IPAddress | None:
    """Return the IP address that stands in place of a name; one in another spelling is refused."""
    if ":" not in host and not _NUMBER.fullmatch(host.rsplit(".", 1)[-1]):
        return None
    try:
        ip = ip_address(host)
    except ValueError:
        ip = None
    if ip is None or getattr(ip, "scope_id", None):
        raise AddressRefusedError(f"“{host}” is an unusual spelling of an IP address")
    return ip
