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
from functools import partial
from pathlib import Path
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp

from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.portal.connections import (
    LONGEST_QUEUE,
    Connection,
    Connections,
    Room,
    open_files,
    room_of,
)

DEFAULT_PORT = 8765
EVERYWHERE = "0.0.0.0"
LONGEST_HEAD = 16 * 1024


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
        self._room = Room()
        self._connections = Connections(self._room.connections)
        self.port = binding.port

    async def start(self) -> None:
        """Listen. UserError if the address cannot be had or the certificate cannot be used."""
        check_certificate(self._binding)
        keep_quiet(self._report_bug)
        self._room = room_of(open_files())
        self._connections = Connections(self._room.connections)
        listener = listen_on(self._binding.host, self._binding.port, self._room.queue)
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
        self._connections.abort(address, port)

    def _config(self) -> uvicorn.Config:
        binding = self._binding
        return uvicorn.Config(
            cast(Any, self._app),
            http=cast(Any, partial(Connection, self._connections)),
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=self._room.queue,
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


def listen_on(host: str, port: int, queue: int = LONGEST_QUEUE) -> socket.socket:
    """A listening socket. UserError, with what to do, if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share the port with anybody
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(queue)
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
