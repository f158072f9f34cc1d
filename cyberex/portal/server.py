"""Serve the portal in the loop that runs already: an address, a certificate, start and stop.

Nothing here can end an exercise: a server that dies ends `wait`, and the game goes on without it.
"""

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from cyberex.errors import UserError
from cyberex.i18n import _

DEFAULT_PORT = 8765
EVERYWHERE = "0.0.0.0"
BACKLOG = 2_048
LONGEST_HEAD = 16 * 1024
MOST_CONNECTIONS = 8_000
SLOWEST_HEAD_S = 15.0
UNANSWERED_S = 30
"""A device that left without a word is forgotten after this long (Linux)."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Where to listen; with a certificate and its key, over TLS. `names` are other hosts that the
    address is known by (in the hospital's DNS)."""

    host: str = EVERYWHERE
    port: int = DEFAULT_PORT
    certificate: Path | None = None
    key: Path | None = None
    names: tuple[str, ...] = ()

    @property
    def secure(self) -> bool:
        return self.certificate is not None


class Server:
    """One server of one application, from `start` to `stop`; it may be started again."""

    def __init__(
        self,
        app: ASGIApp,
        binding: Binding,
        *,
        report_bug: Callable[[BaseException], object] = repr,
    ) -> None:
        self._app = app
        self._binding = binding
        self._report_bug = report_bug
        self._uvicorn: _Uvicorn | None = None
        self._task: asyncio.Task[None] | None = None
        self._protocols: dict[tuple[str, int], H11Protocol] = {}
        self.port = binding.port

    async def start(self) -> None:
        """Listen. UserError if the address cannot be had or the certificate cannot be used."""
        check_certificate(self._binding)
        keep_quiet(self._report_bug)
        listener = listen_on(self._binding.host, self._binding.port)
        self.port = listener.getsockname()[1]
        self._uvicorn = _Uvicorn(self._config())
        self._task = asyncio.ensure_future(_serve(self._uvicorn, listener))
        while not self._uvicorn.started and not self._task.done():
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Answer no more; what is still open after a second is cut."""
        if self._uvicorn is None or self._task is None:
            return
        self._uvicorn.should_exit = True
        await asyncio.wait({self._task})
        self._uvicorn = None

    async def wait(self) -> None:
        """Until it stops or dies; then what it died of is raised."""
        if self._task is not None:
            await asyncio.shield(self._task)

    def abort(self, address: str, port: int) -> None:
        """Cut the connection of that address and port at once, whatever is left to write."""
        protocol = self._protocols.get((address, port))
        if protocol is not None and protocol.transport is not None:
            protocol.transport.abort()

    def _config(self) -> uvicorn.Config:
        protocols = self._protocols

        class Protocol(H11Protocol):
            """Known by its address while it lasts, and gone when its device is."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                _forget_the_gone(transport)
                self.loop.call_later(SLOWEST_HEAD_S, self.cut_the_silent)
                if self.client is not None:
                    protocols[self.client] = self

            def cut_the_silent(self) -> None:
                """Whoever opens a connection asks for something soon."""
                if self.cycle is None and self.transport is not None:
                    self.transport.abort()

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    protocols.pop(self.client, None)
                super().connection_lost(exc)

        binding = self._binding
        return uvicorn.Config(
            cast(Any, self._app),
            http=Protocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=BACKLOG,
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=LONGEST_HEAD,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=1,
            ssl_certfile=str(binding.certificate) if binding.certificate else None,
            ssl_keyfile=str(binding.key) if binding.key else None,
        )


async def _serve(server: "_Uvicorn", listener: socket.socket) -> None:
    try:
        await server.serve(sockets=[listener])
    finally:
        listener.close()


class _Uvicorn(uvicorn.Server):
    """Leaves signals to the program that it is part of."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _forget_the_gone(transport: asyncio.BaseTransport) -> None:
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    connection = transport.get_extra_info("socket")
    if option is not None and connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, option, UNANSWERED_S * 1000)


def listen_on(host: str, port: int) -> socket.socket:
    """A listening socket. UserError, with what to do, if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share the port with anybody
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UserError(
            _("{host}:{port} cannot be listened on: {reason}.").format(
                host=host, port=port, reason=getattr(error, "strerror", None) or error
            ),
            _("Choose another port, for instance {host}:{other}, or end what uses it.").format(
                host=host, other=port + 1
            ),
        ) from error
    listener.setblocking(False)
    return listener


def check_certificate(binding: Binding) -> None:
    """UserError unless the certificate and its key can be used together."""
    if binding.certificate is None:
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(binding.certificate, binding.key)
    except (OSError, ssl.SSLError) as error:
        raise UserError(
            _("the certificate '{path}' cannot be used: {reason}.").format(
                path=binding.certificate, reason=getattr(error, "strerror", None) or error
            ),
            _("Give the certificate and its key, both in PEM, without a password."),
        ) from error


def most_open_files() -> int | None:
    """How many connections this process may have, about; None where there is no such limit."""
    try:
        from resource import RLIMIT_NOFILE, getrlimit
    except ImportError:  # Windows
        return None
    return getrlimit(RLIMIT_NOFILE)[0]


def keep_quiet(report_bug: Callable[[BaseException], object]) -> None:
    """The terminal belongs to the console: what the server would print there, its errors, is
    reported instead."""
    logger = logging.getLogger("uvicorn")
    logger.handlers = [_Reporting(report_bug)]
    logger.propagate = False
    logger.setLevel(logging.ERROR)


class _Reporting(logging.Handler):
    def __init__(self, report_bug: Callable[[BaseException], object]) -> None:
        super().__init__()
        self._report_bug = report_bug

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        # Tasks that are cut when the server stops are no fault.
        if not isinstance(error, asyncio.CancelledError):
            self._report_bug(error or RuntimeError(record.getMessage()))
