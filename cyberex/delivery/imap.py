"""What came into the exercise's mailbox? Read over IMAP, changing nothing there.

Blocking: callers run it in a thread. Messages stay unread and in place, so that a person may look
at the same mailbox.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Protocol

from cyberex.delivery.settings import TIMEOUT_S, Security, Server

LARGEST = 512_000
"""Bytes read of one message: its text comes first, attachments are of no use here."""

AT_MOST = 200
"""Messages read at once."""

LONGEST_READING_S = 30.0
"""A server that answers a byte now and then would hold a reading, and the end of the exercise."""

_CAME = re.compile(rb'INTERNALDATE "([ \d]\d)-(\w{3})-(\d{4}) ([\d:]{8}) ([+-]\d{4})"', re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EARLIER = timedelta(minutes=5)
"""Two clocks never agree; a reply cannot be older than the exercise by more."""


class MailboxError(Exception):
    """The mailbox cannot be read now; `code` is stable, and quotes nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Bounded(imaplib.IMAP4):
    """Believes no server about how long an answer is, nor how long it takes."""

    over: Timer

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        super().open(host, port, timeout)
        self.over = Timer(LONGEST_READING_S, self._hang_up)
        self.over.daemon = True
        self.over.start()

    def read(self, size: int) -> bytes:
        if size > 2 * LARGEST:
            raise self.abort("too much")
        return super().read(size)

    def _hang_up(self) -> None:
        with suppress(OSError):  # of the plain socket: one of TLS would first say good-bye
            socket.shutdown(self.sock, SHUT_RDWR)


class _BoundedTls(_Bounded, imaplib.IMAP4_SSL):  # type: ignore[misc]
    """The same over TLS."""


class Mailbox(Protocol):
    """Where answers come."""

    def new(self) -> list[bytes]:
        """What came since the last call, oldest first; at the first, since the exercise began.
        MailboxError."""


@dataclass(slots=True)
class ImapMailbox:
    """One folder. Connects anew at each reading: twenty seconds apart, a connection kept is more
    often dead than useful. `since` is aware: when the exercise was created."""

    server: Server
    folder: str
    since: datetime
    timeout_s: float = TIMEOUT_S
    validity: str = ""
    last: int = 0

    def new(self) -> list[bytes]:
        try:
            client = self._connected()
        except ssl.SSLCertVerificationError:
            raise MailboxError("certificate") from None
        except (imaplib.IMAP4.error, OSError, EOFError):
            raise MailboxError("connect") from None
        found: list[bytes] = []
        try:
            self._log_in(client)
            found.extend(self._read(client))
        except (imaplib.IMAP4.error, OSError, EOFError, ValueError):
            if not found:  # else what was read before is kept, the rest comes next time
                raise MailboxError("read") from None
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                client.logout()
            with suppress(OSError):  # which a server that is gone did not let it do
                client.shutdown()
            client.over.cancel()
        return found

    def _connected(self) -> "_Bounded":
        server = self.server
        if server.security is Security.NONE:
            return _Bounded(server.host, server.port, self.timeout_s)
        context = ssl.create_default_context(cafile=server.ca)
        if server.security is Security.TLS:
            return _BoundedTls(
                server.host, server.port, ssl_context=context, timeout=self.timeout_s
            )
        client = _Bounded(server.host, server.port, self.timeout_s)
        client.starttls(context)
        return client

    def _log_in(self, client: imaplib.IMAP4) -> None:
        user, password = self.server.user, self.server.password.reveal()
        try:
            if (user + password).isascii():
                client.login(user, password)
            else:
                client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        except imaplib.IMAP4.error:
            # Its words may quote the command, password included.
            raise MailboxError("login") from None

    def _read(self, client: imaplib.IMAP4) -> Iterator[bytes]:
        status, _counted = client.select(_quoted(self.folder), readonly=True)
        if status != "OK":
            raise MailboxError("folder")
        _name, said = client.response("UIDVALIDITY")
        validity = (said[0] or b"").decode("ascii", "replace") if said else ""
        if validity != self.validity:  # the server numbers its messages anew
            self.validity, self.last = validity, 0
        _status, found = client.uid("SEARCH", "SINCE", _day(self.since - timedelta(days=1)))
        uids = sorted(int(uid) for line in found if line for uid in line.split())
        for uid in [uid for uid in uids if uid > self.last][:AT_MOST]:
            raw = self._fetched(client, uid)
            self.last = uid
            if raw is not None:
                yield raw

    def _fetched(self, client: imaplib.IMAP4, uid: int) -> bytes | None:
        """None for what came before the exercise, or is no longer there."""
        _status, parts = client.uid("FETCH", str(uid), f"(INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)")
        for part in parts:
            if not isinstance(part, tuple):
                continue
            came = _instant(part[0])
            too_early = came is not None and came < self.since - _EARLIER
            return None if too_early else bytes(part[1])
        return None


def _instant(said: bytes) -> datetime | None:
    """The INTERNALDATE of an answer, `17-Jul-1996 02:44:25 -0700`; None if it gives none."""
    found = _CAME.search(said)
    if found is None:
        return None
    day, month, year, hour, zone = (part.decode("ascii") for part in found.groups())
    try:
        number = _MONTHS.index(month.title()) + 1
        return datetime.fromisoformat(f"{year}-{number:02}-{int(day):02}T{hour}{zone}")
    except ValueError:
        return None


def _day(moment: datetime) -> str:
    """`01-Feb-2026`, whatever the language of the machine."""
    return f"{moment.day:02}-{_MONTHS[moment.month - 1]}-{moment.year}"


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
