"""Hand a message to the mail server, and know for sure how that ended. The only module that does.

A connection serves many messages. What ends before the text is given never left; what ends while
it is given may have.
"""

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectTimeoutError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from cyberex.delivery.allowed import Addressee, AllowList
from cyberex.delivery.settings import TIMEOUT_S, Security, Server
from cyberex.delivery.transport import Failed, Outcome, Sent, Uncertain
from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.wording.leaving import failure

IDLE_CONNECTIONS = 4
IDLE_S = 60.0
SLOWEST_BYTES_S = 50_000
"""A text that goes slower than this, on top of the timeout, is in doubt."""
_LOST = (SMTPServerDisconnected, ConnectionError)


class SmtpTransport:
    """Mail through one server, as `mailbox`. As many connections as messages sent at once.

    UserError at once if the certificate of one's own authority cannot be read.
    """

    def __init__(
        self, server: Server, mailbox: str, allowed: AllowList, *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._server = server
        self._mailbox = mailbox
        self._allowed = allowed
        self._timeout_s = timeout_s
        self._context = _context(server)
        self._idle: dict[SMTP, asyncio.TimerHandle] = {}

    async def send(self, message: EmailMessage, to: Sequence[Addressee]) -> Outcome:
        self._allowed.check(message, to)
        raw = await asyncio.to_thread(message.as_bytes)  # files may be large
        # A connection kept since the last message may have died: then a new one, once.
        if self._idle:
            client, timer = self._idle.popitem()
            timer.cancel()
            with suppress(*_LOST):
                return await self._send_by(client, raw, to)
        try:
            client = await self._connect()
        except (SMTPException, OSError) as error:
            return _failure(error)
        try:
            return await self._send_by(client, raw, to)
        except _LOST as error:
            return _failure(error)

    async def check(self) -> None:
        """Connect and say who we are, sending nothing. UserError with what to mend."""
        try:
            client = await self._connect()
        except (SMTPException, OSError) as error:
            where = f"{self._server.host}:{self._server.port}"
            raise UserError(
                _("{where}: {why}.").format(where=where, why=failure(_failure(error).code)),
                _("Check [mail] in cyberex.toml."),
            ) from None
        self._keep(client)

    async def close(self) -> None:
        idle, self._idle = self._idle, {}
        for client, timer in idle.items():
            timer.cancel()
            with suppress(SMTPException, OSError):
                await client.quit(timeout=2.0)
            client.close()

    async def _connect(self) -> SMTP:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=self._context,
            timeout=self._timeout_s,
            # The name of the machine is nobody's business, and its look-up may be slow.
            local_hostname=self._mailbox.partition("@")[2],
        )
        try:
            await client.connect()
            if server.user:
                await client.login(server.user, server.password.reveal())
        except BaseException:
            client.close()
            raise
        return client

    def _keep(self, client: SMTP) -> None:
        if client.is_connected and len(self._idle) < IDLE_CONNECTIONS:
            # One that a router has forgotten would cost a message the whole timeout.
            loop = asyncio.get_running_loop()
            self._idle[client] = loop.call_later(IDLE_S, self._drop, client)
        else:
            client.close()

    def _drop(self, client: SMTP) -> None:
        self._idle.pop(client, None)
        client.close()

    async def _send_by(self, client: SMTP, raw: bytes, to: Sequence[Addressee]) -> Outcome:
        """Raises what _LOST holds if the connection ended before anything was given."""
        text_begun = False
        try:
            await client.mail(self._mailbox)
            refused = await _name_receivers(client, to)
            if len(refused) == len(to):
                await client.rset()
                self._keep(client)
                return _all_refused(refused)
            text_begun = True
            await client.data(raw, timeout=self._timeout_s + len(raw) / SLOWEST_BYTES_S)
        except SMTPResponseException as error:
            with suppress(SMTPException, OSError):
                await client.rset()
            self._keep(client)
            return _failure(error)
        except (SMTPException, OSError) as error:
            client.close()
            if text_begun:
                return Uncertain()
            if isinstance(error, _LOST):
                raise
            return _failure(error)
        except BaseException:
            client.close()
            raise
        self._keep(client)
        return Sent(tuple(to[place].person for place in refused))


async def _name_receivers(client: SMTP, to: Sequence[Addressee]) -> dict[int, int]:
    """The places in `to` of those whom the server does not take, with its codes."""
    refused = {}
    for place, addressee in enumerate(to):
        try:
            await client.rcpt(addressee.address)
        except SMTPRecipientRefused as refusal:
            refused[place] = refusal.code
    return refused


def _all_refused(refused: dict[int, int]) -> Failed:
    passing = [code for code in refused.values() if code < 500]
    code = (passing or list(refused.values()))[0]
    return Failed(f"smtp-{code}", again=bool(passing))


def _failure(error: BaseException) -> Failed:
    """Codes only: what a server writes may quote what it was given."""
    match error:
        case SMTPAuthenticationError():
            return Failed("smtp-login", again=400 <= error.code < 500)
        case SMTPResponseException():
            return Failed(f"smtp-{error.code}", again=error.code < 500)
        case SMTPNotSupported():
            return Failed("smtp-unsupported", again=False)
        case SMTPConnectTimeoutError():
            return Failed("connect", again=True)
        case SMTPTimeoutError() | TimeoutError():
            return Failed("timeout", again=True)
    if isinstance(error, ssl.SSLCertVerificationError) or isinstance(
        error.__cause__, ssl.SSLCertVerificationError
    ):
        return Failed("certificate", again=False)
    if isinstance(error, SMTPServerDisconnected):
        return Failed("cut", again=True)
    if type(error) is SMTPException:  # what the library says of a server without STARTTLS
        return Failed("smtp-unsupported", again=False)
    return Failed("connect", again=True)


def _context(server: Server) -> ssl.SSLContext | None:
    if server.security is Security.NONE:
        return None
    try:
        return ssl.create_default_context(cafile=server.ca)
    except OSError as error:
        raise UserError(
            _("cannot read the certificate '{path}': {reason}").format(
                path=server.ca, reason=error.strerror or error
            ),
            _("Check [mail] ca in cyberex.toml."),
        ) from None
