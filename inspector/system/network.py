"""Where this laptop is in the networks around it, as far as the system tells without special rights."""

from __future__ import annotations

import errno
import ipaddress
import socket
import struct
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

_GET_ADDRESS = 0x8915  # SIOCGIFADDR
_ROUTES = Path("/proc/net/route")
_NO_WAY = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN)


def own_addresses() -> list[str]:
    """The IPv4 addresses under which others may reach this laptop; none where it is in no network."""
    found = set(_by_interface())
    with suppress(OSError):
        found.update(socket.gethostbyname_ex(socket.gethostname())[2])
    return sorted(address for address in found if not ipaddress.ip_address(address).is_loopback)


def gateways() -> list[str]:
    """Who hands on what leaves this laptop: on a hotspot that is the laptop or telephone that opened it.

    Where the system's table cannot be read, the first address of every network this laptop is in.
    """
    with suppress(OSError, ValueError, IndexError):
        rows = [line.split() for line in _ROUTES.read_text("ascii").splitlines()[1:]]
        return sorted({_from_hex(row[2]) for row in rows if row[1] == "00000000"})
    return sorted({str(ipaddress.ip_network(f"{own}/24", strict=False)[1]) for own in own_addresses()})


def _by_interface() -> list[str]:
    if sys.platform != "linux":
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                answer = fcntl.ioctl(asking.fileno(), _GET_ADDRESS, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _from_hex(little_endian: str) -> str:
    return socket.inet_ntoa(struct.pack("<I", int(little_endian, 16)))


class Reached(StrEnum):
    """What became of a try to connect: an answer, a plain no, nothing at all, no such machine here, no such name."""

    ANSWERED = "answered"
    REFUSED = "refused"
    SILENT = "silent"
    ABSENT = "absent"
    NO_NAME = "no-name"


def reach(host: str, port: int, seconds: float) -> Reached:
    """Tries to connect and hangs up again; nothing is sent."""
    try:
        socket.create_connection((host, port), seconds).close()
    except socket.gaierror:
        return Reached.NO_NAME
    except ConnectionRefusedError:
        return Reached.REFUSED
    except TimeoutError:
        return Reached.SILENT
    except OSError as error:
        return Reached.ABSENT if error.errno in _NO_WAY else Reached.SILENT
    return Reached.ANSWERED
