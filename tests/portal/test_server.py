"""An address, a certificate, a start and a stop; and what a person is told when it cannot be."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from cyberex.errors import UserError
from cyberex.portal.addresses import is_local_only, own_addresses, urls
from cyberex.portal.server import Binding, Server, listen_on
from cyberex.portal.settings import binding_of, bound_to

HERE = "127.0.0.1"


async def nothing(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind((HERE, 0))
        other.listen()
        yield other.getsockname()[1]


async def test_a_port_in_use_is_told_with_what_to_do(taken: int) -> None:
    with pytest.raises(UserError) as refused:
        await Server(nothing, Binding(HERE, taken)).start()
    assert str(taken) in refused.value.message
    assert str(taken + 1) in refused.value.advice


async def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(UserError, match="203"):
        await Server(nothing, Binding("203.0.113.7", 8765)).start()


async def test_a_server_starts_again_where_it_was() -> None:
    server = Server(nothing, Binding(HERE, 0))
    await server.start()
    port = server.port
    await server.stop()
    await server.stop()
    again = Server(nothing, Binding(HERE, port))
    await again.start()
    reader, writer = await asyncio.open_connection(HERE, port)
    writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 204")
    writer.close()
    await again.stop()


async def test_a_server_that_dies_says_what_of() -> None:
    server = Server(nothing, Binding(HERE, 0))
    await server.start()
    assert server._uvicorn is not None

    async def dying(_: int) -> bool:
        raise RuntimeError("dead")

    server._uvicorn.on_tick = dying  # type: ignore[method-assign,assignment]
    with pytest.raises(RuntimeError, match="dead"):
        await server.wait()
    await server.stop()


async def test_a_certificate_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    certificate = tmp_path / "portal.pem"
    certificate.write_text("not one")
    with pytest.raises(UserError, match=r"portal\.pem"):
        await Server(nothing, Binding(HERE, 0, certificate, certificate)).start()


async def test_a_connection_is_cut_at_once() -> None:
    server = Server(nothing, Binding(HERE, 0))
    await server.start()
    reader, writer = await asyncio.open_connection(HERE, server.port)
    writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    server.abort(*writer.get_extra_info("sockname")[:2])
    with contextlib.suppress(ConnectionResetError):
        assert await reader.read() == b""
    writer.close()
    server.abort("10.0.0.1", 1)  # nobody: nothing
    await server.stop()


@pytest.mark.parametrize(
    ("said", "host", "port"),
    [
        ("", "0.0.0.0", 8765),
        ("9000", "0.0.0.0", 9000),
        (":9000", "0.0.0.0", 9000),
        ("10.0.0.5", "10.0.0.5", 8765),
        ("10.0.0.5:9000", "10.0.0.5", 9000),
        ("[::1]:9000", "::1", 9000),
        ("[::1]", "::1", 8765),
        ("::1", "::1", 8765),
    ],
)
def test_an_address_is_read(said: str, host: str, port: int) -> None:
    assert bound_to(Binding(), said) == Binding(host, port)


@pytest.mark.parametrize("said", ["10.0.0.5:x", "a:70000", "99999"])
def test_what_is_no_address_is_told(said: str) -> None:
    with pytest.raises(UserError, match=said):
        bound_to(Binding(), said)


def test_settings_are_read_beside_their_certificate(tmp_path: Path) -> None:
    (tmp_path / "cyberex.toml").write_text(
        '[portal]\nport = 9000\ncertificate = "c.pem"\nkey = "k.pem"\nnames = ["exercice.example"]'
    )
    found = binding_of([tmp_path / "none", tmp_path])
    assert found == Binding(
        "0.0.0.0", 9000, tmp_path / "c.pem", tmp_path / "k.pem", ("exercice.example",)
    )


@pytest.mark.parametrize(
    "text",
    [
        "[portal",
        "portal = 1",
        "[portal]\nprot = 1",
        "[portal]\nport = 0",
        '[portal]\nport = "1"',
        '[portal]\nnames = "a"',
        '[portal]\ncertificate = "c.pem"',
    ],
)
def test_settings_that_cannot_be_used_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "cyberex.toml").write_text(text)
    with pytest.raises(UserError, match=r"cyberex\.toml"):
        binding_of([tmp_path])


def test_without_settings_every_network_is_served(tmp_path: Path) -> None:
    assert binding_of([tmp_path]) == Binding()


def test_addresses_shown_can_be_opened() -> None:
    assert urls(Binding("10.0.0.5", 8765), 8765) == ("http://10.0.0.5:8765",)
    assert urls(Binding("::1", 8765), 8765) == ("http://[::1]:8765",)
    secure = Binding("10.0.0.5", 443, Path("c"), Path("k"), ("exercice.example",))
    assert urls(secure, 443) == ("https://exercice.example", "https://10.0.0.5")
    assert all(url.startswith("http://") for url in urls(Binding(), 8765))


def test_no_loopback_address_is_shown() -> None:
    assert [address for address in own_addresses() if address.startswith("127.")] == []
    assert is_local_only(Binding("127.0.0.1", 1))
    assert not is_local_only(Binding())


def test_a_listener_is_closed_when_it_cannot_listen(taken: int) -> None:
    with pytest.raises(UserError):
        listen_on(HERE, taken)
