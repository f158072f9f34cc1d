"""What every request goes through before a page sees it: host, size, origin; and what every answer
bears. A refusal says what to do and never repeats what was sent.
"""

import asyncio
import contextlib
import hmac
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cyberex.exercise.clocks import Clocks

LONGEST_BODY = 64 * 1024
DRAINED, DRAINING_S = 16 * 1024 * 1024, 5.0
"""Of a body too long this much is read and thrown away, and no longer than that."""
LAST_REFUSALS = 50

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers would send forms with `Origin: null`, and over plain HTTP to an
    # address of the local network nothing else says where a form comes from.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is stable: wrong-host, cross-site, too-large, unknown-access, bad-form, too-often,
    wrong-code, too-many-streams."""

    code: str
    address: str
    at: datetime


class Refusals:
    """What was refused at the door, counted, and the last of it. Holds nothing that was sent."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self.counts: Counter[str] = Counter()
        self.last: deque[Refusal] = deque(maxlen=LAST_REFUSALS)

    def add(self, code: str, connection: HTTPConnection) -> None:
        self.counts[code] += 1
        self.last.append(Refusal(code, address_of(connection), self._clocks.room()))


def address_of(connection: HTTPConnection) -> str:
    """Where it comes from: never from a header, which anybody may write."""
    return connection.client.host if connection.client else ""


def equal(given: str, wanted: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


class TurnedAway(HTTPException):
    """Refused before, or instead of, being done. `code` is one of `Refusal`."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(status)
        self.code = code


class Guard:
    """`inner` sees only requests that may be answered; for the others TurnedAway is raised.

    `names` are hosts other than the addresses served (a name in the hospital's DNS).
    """

    def __init__(self, inner: ASGIApp, *, names: Iterable[str] = ()) -> None:
        self._inner = inner
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        if not self._good_host(scope, headers.get("host", "")):
            raise TurnedAway("wrong-host", 421)
        if scope["method"] in ("GET", "HEAD"):
            await self._inner(scope, receive, send)
            return
        body = Body(receive)
        if not same_origin(headers, scope["scheme"]):
            await body.drain()
            raise TurnedAway("cross-site", 403)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:12]) > LONGEST_BODY:
            await body.drain()
            raise TurnedAway("too-large", 413)
        await self._inner(scope, body, send)

    def _good_host(self, scope: Scope, host: str) -> bool:
        """The very address that the connection came to, this machine, or a name it was given.

        Any other name may be a page elsewhere that made its own name point here.
        """
        name, port = split_host(host.lower())
        if scope["server"] is None:
            return False
        here, here_port = scope["server"][:2]
        default = 443 if scope["scheme"] == "https" else 80
        if (port or default) != here_port:
            return False
        return name in {"localhost", *self._names} or _same_address(name, here)


def split_host(host: str) -> tuple[str, int]:
    """`10.0.0.5:8765` and `[fe80::1]:8765`: the name, and the port, 0 if it says none, -1 if it
    cannot be one."""
    name, colon, port = host.rpartition(":")
    if host.endswith("]") or not colon:
        name, port = host, ""
    if port and not (port.isascii() and port.isdigit()):
        return "", -1
    return name.strip("[]"), int(port[:6]) if port else 0


def same_origin(headers: Headers, scheme: str) -> bool:
    """Whether a form was sent by one of our own pages. A browser that says nothing is refused."""
    site = headers.get("sec-fetch-site", "")
    if site:
        return site in ("same-origin", "none")
    return headers.get("origin", "").lower() == f"{scheme}://{headers.get('host', '').lower()}"


def _same_address(name: str, here: str) -> bool:
    try:
        asked, own = ip_address(name.split("%")[0]), ip_address(here.split("%")[0])
    except ValueError:
        return False
    mapped = getattr(own, "ipv4_mapped", None)
    return asked == (mapped or own)


class Body:
    """`receive` that lets LONGEST_BODY through, then raises TurnedAway."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > LONGEST_BODY:
            if message.get("more_body"):
                await self.drain()
            raise TurnedAway("too-large", 413)
        return message

    async def drain(self) -> None:
        """Throw away what comes, within bounds: a browser that is cut while it sends shows a
        broken connection instead of the answer."""
        read = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAINING_S):
                while read < DRAINED:
                    message = await self._receive()
                    read += len(message.get("body", b""))
                    if message["type"] == "http.disconnect" or not message.get("more_body"):
                        return


class Security:
    """The outermost application: what every answer bears."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        if scope["type"] == "http":
            await self._inner(scope, receive, sending)
