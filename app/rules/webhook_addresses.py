"""Which network addresses a delivery may go to: public ones, and those that an operator listed.

An address that carries another one inside is judged by both (IPv4-mapped, 6to4, Teredo, NAT64).
"""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from app.errors import Refusal

Address = IPv4Address | IPv6Address
NAT64: Final = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
# Not for the public internet either, whatever a version of Python says (IANA's registries).
CLOSED: Final = tuple(
    ip_network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
        *("5f00::/16", "64:ff9b:1::/48", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)


def carried(address: Address) -> Iterator[Address]:
    """The address, and those inside it."""
    yield address
    if isinstance(address, IPv6Address):
        inside = (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))
        yield from (each for each in inside if each is not None)
        if any(address in network for network in NAT64):
            yield IPv4Address(int(address) & 0xFFFFFFFF)


def closed(address: Address) -> bool:
    within = any(address in network for network in CLOSED if network.version == address.version)
    return within or not address.is_global or address.is_multicast


def listed(address: Address, ranges: Sequence[str]) -> bool:
    """An operator opened this range, for a receiver inside the city's own network."""
    networks = [ip_network(each) for each in ranges]
    return any(address in network for network in networks if network.version == address.version)


def reachable(text: str, ranges: Sequence[str]) -> bool:
    """Whether a delivery may connect to this address."""
    address = ip_address(text.partition("%")[0])
    if listed(address, ranges):
        return True
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return listed(mapped, ranges) or reachable(str(mapped), ())
    return not any(closed(each) for each in carried(address))


def resolved(addresses: Sequence[str], ranges: Sequence[str], plain: bool) -> None:
    """Every address of a name is one that may be connected to; plain http to listed ones only."""
    if not addresses:
        raise Refusal("webhook.host_unresolved", url=None)
    for each in addresses:
        inside = listed(ip_address(each.partition("%")[0]), ranges)
        if not reachable(each, ranges) or (plain and not inside):
            raise Refusal("webhook.address_not_allowed", url=None)
