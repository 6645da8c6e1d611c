"""Which addresses are asked for, and which never."""

from ipaddress import ip_address

import pytest

from impact.portability.public_addresses import AddressRefusedError, Guard, is_public

PUBLIC = ["9.9.9.9", "193.0.6.139", "2620:fe::fe", "2a00:1450:4001:80b::200e", "64:ff9b::909:909"]
PRIVATE = {
    "this machine": ["127.0.0.1", "127.8.9.1", "::1"],
    "nowhere": ["0.0.0.0", "0.1.2.3", "::"],  # noqa: S104
    "this house": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00::1"],
    "beside us": ["169.254.0.1", "169.254.169.254", "fe80::1", "fe80::1%eth0", "fec0::1"],
    "the provider's": ["100.64.0.1", "100.127.255.255", "198.18.0.1", "192.0.0.8", "192.0.0.9"],
    "many at once": ["224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1", "ff0e::1"],
    "nobody's": ["240.0.0.1", "192.0.2.1", "203.0.113.7", "2001:db8::1", "3fff::1", "100::1"],
    "an IPv4 address in IPv6": [
        "::ffff:127.0.0.1",
        "::ffff:9.9.9.9",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2002:909:909::",
        "2001:0:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::909:909",
    ],
    "a way and no place": ["192.88.99.1", "2001:20::1", "4000::1", "5f00::1"],
}

REFUSED = {
    # no address on the web
    "": "no address",
    "file:///etc/passwd": "no address",
    "ftp://pictures.example/a.png": "no address",
    "gopher://pictures.example/": "no address",
    "javascript:alert(1)": "no address",
    "//pictures.example/a.png": "no address",
    "http://": "no address",
    "http:///a.png": "no address",
    "http://[::1": "no address",
    "http://pictures.example\r\nHost: x/a": "no address",
    "http://pictures .example/": "no address",
    f"http://pictures.example/{'a' * 2000}": "longer than",
    f"http://pictures.example/{'ä' * 1000}": "longer than",
    # more than a name
    "http://me:secret@pictures.example/": "password",
    "http://pictures.example@127.0.0.1/": "password",
    "http://127.0.0.1%2f@pictures.example/": "password",
    "http://pictures.example:22/": "port 22",
    "https://pictures.example:80/": "port 80",
    "http://pictures.example:0/": "port 0",
    # names of this machine and this house
    "http://localhost/": "no full name",
    "http://localhost./": "no full name",
    "http://LOCALHOST/": "no full name",
    "http://intranet/": "no full name",
    "http://pictures..example/": "no full name",
    "http://a.localhost/": "private use",
    "http://printer.local./": "private use",
    "http://metadata.google.internal/": "private use",
    "http://router.home.arpa/": "private use",
    # numbers, in every spelling that a system may read
    "http://127.0.0.1/": "public net",
    "http://127.0.0.1./": "public net",
    "http://%31%32%37.0.0.1/": "public net",
    "http://[::1]/": "public net",
    "http://[::ffff:127.0.0.1]/": "public net",
    "http://169.254.169.254/latest/meta-data/": "public net",
    "http://127.1/": "unusual spelling",
    "http://2130706433/": "unusual spelling",
    "http://0x7f000001/": "unusual spelling",
    "http://0x7f.0.0.1/": "unusual spelling",
    "http://0177.0.0.1/": "unusual spelling",
    "http://127.0.0.0x1/": "unusual spelling",
    "http://127.000.000.001/": "unusual spelling",
    "http://[fe80::1%25eth0]/": "unusual spelling",
    # names that lead there
    "http://inside.example/": "inside.example is 10.0.0.7",
    "http://both.example/": "both.example is 192.168.0.1",
    "http://mapped.example/": "mapped.example is ::ffff:127.0.0.1",
    "http://scoped.example/": "scoped.example is fe80::1%eth0",
    "http://unknown.example/": "could not be looked up",
    "http://broken.example/": "could not be looked up",
}
NAMES = {
    "pictures.example": ["9.9.9.9", "2620:fe::fe"],
    "xn--bcher-kva.example": ["9.9.9.9"],
    "inside.example": ["10.0.0.7"],
    "both.example": ["9.9.9.9", "192.168.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "scoped.example": ["fe80::1%eth0"],
    "unknown.example": [],
}


def look_up(host: str, _port: int) -> list[str]:
    if host not in NAMES:
        raise OSError(f"{host} is not to be looked up")
    return NAMES[host]


@pytest.mark.parametrize("address", PUBLIC)
def test_servers_on_the_public_net_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [pytest.param(a, id=f"{kind}: {a}") for kind, found in PRIVATE.items() for a in found],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(("url", "reason"), REFUSED.items(), ids=[url[:60] for url in REFUSED])
def test_what_is_not_asked_for(url: str, reason: str) -> None:
    with pytest.raises(AddressRefusedError, match=reason):
        Guard(look_up).check(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    {
        "http://pictures.example/a%20b.png?c=d#e": (
            "http",
            "pictures.example",
            80,
            "/a%20b.png?c=d",
        ),
        "HTTPS://Pictures.Example.:443/a b": ("https", "pictures.example", 443, "/a%20b"),
        "http://bücher.example/ä": ("http", "xn--bcher-kva.example", 80, "/%C3%A4"),
        "http://pictures.example\\@127.0.0.1/": ("http", "pictures.example", 80, "/%5C@127.0.0.1/"),
        "http://pictures.example/\r\nX: y": ("http", "pictures.example", 80, "/%0D%0AX:%20y"),
        "http://9.9.9.9/": ("http", "9.9.9.9", 80, "/"),
        "http://[2620:fe::fe]/": ("http", "2620:fe::fe", 80, "/"),
    }.items(),
)
def test_what_is_asked_for(url: str, expected: tuple[str, str, int, str]) -> None:
    target = Guard(look_up).check(url)
    assert (target.scheme, target.host, target.port, target.path) == expected
    assert set(target.ips) <= {"9.9.9.9", "2620:fe::fe"}


def test_a_name_is_connected_to_at_the_addresses_that_were_checked() -> None:
    assert Guard(look_up).check("http://pictures.example/").ips == ("9.9.9.9", "2620:fe::fe")
    assert Guard(look_up).check("http://[2620:fe::fe]/").host_header == "[2620:fe::fe]"
