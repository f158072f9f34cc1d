"""Which addresses of this machine can a phone of the same network reach? No packet leaves."""

import contextlib
import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Address

from cyberex.portal.server import Binding

PRIVATE_PROBES = ("192.168.255.254", "10.255.255.254", "172.31.255.254", "192.0.2.1")
VIRTUAL = ("docker", "veth", "br-", "virbr", "vmnet", "vboxnet", "tun", "tap", "wg", "lo")
SIOCGIFADDR = 0x8915


def urls(binding: Binding, port: int) -> tuple[str, ...]:
    """Where pages can be opened, the likeliest first; `port` is the one really listened on."""
    scheme, usual = ("https", 443) if binding.secure else ("http", 80)
    end = "" if port == usual else f":{port}"
    if binding.host in ("0.0.0.0", "::", ""):
        hosts: tuple[str, ...] = own_addresses() or ("localhost",)
    else:
        hosts = (f"[{binding.host}]" if ":" in binding.host else binding.host,)
    return tuple(f"{scheme}://{host}{end}" for host in (*binding.names, *hosts))


def own_addresses() -> tuple[str, ...]:
    """IPv4 addresses of this machine, loopback and virtual networks apart, private ones first."""
    found = dict.fromkeys((*_of_interfaces(), *_of_routes(), *_of_name()))
    seen = [address for address in found if _can_be_shown(address)]
    return tuple(sorted(seen, key=lambda address: not IPv4Address(address).is_private))


def is_local_only(binding: Binding) -> bool:
    """Nobody else can reach it."""
    return binding.host in ("localhost", "::1") or binding.host.startswith("127.")


def _can_be_shown(address: str) -> bool:
    known = IPv4Address(address)
    return not (known.is_loopback or known.is_link_local or known.is_unspecified)


def _of_routes() -> Iterator[str]:
    """From which address this machine would speak to usual networks; nothing is sent."""
    for probe in PRIVATE_PROBES:
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked,
        ):
            asked.connect((probe, 9))
            yield str(asked.getsockname()[0])


def _of_name() -> Iterator[str]:
    """What the machine's own name stands for: all of its addresses on Windows and macOS."""
    with contextlib.suppress(OSError):
        for item in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(item[4][0])


def _of_interfaces() -> Iterator[str]:
    """Linux: asked of each network card."""
    try:
        from fcntl import ioctl
    except ImportError:  # Windows
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            if name.startswith(VIRTUAL):
                continue
            with contextlib.suppress(OSError):
                packed = ioctl(asked, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                yield socket.inet_ntoa(packed[20:24])
