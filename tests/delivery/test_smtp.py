"""Handing messages to a real mail server, whatever it answers."""

import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from cyberex.delivery.allowed import AllowList, NotAllowed
from cyberex.delivery.maildir import MaildirTransport
from cyberex.delivery.messages import Letter, Origin, stimulus_message
from cyberex.delivery.settings import Secret, Security, Server
from cyberex.delivery.smtp import SmtpTransport
from cyberex.delivery.transport import Failed, Sent, Uncertain
from cyberex.errors import UserError
from cyberex.facts.people import Person
from tests.delivery.servers import Post, listening

CERTIFICATE = Path(__file__).with_name("localhost.pem")
NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
ALLOWED = AllowList(
    [Person(id="p1", email="it@chu.example"), Person(id="p2", email="dir@chu.example")]
)
TO = ALLOWED.all_of(["p1", "p2"])
MAILBOX = "exercice@chu.example"


def letter(number: int = 1) -> EmailMessage:
    origin = Origin(MAILBOX, "ex-1", "CHU")
    return stimulus_message(Letter(f"s{number:02}#1", "c", "CERT", "t", ".x\n"), origin, TO, NOON)


def server_at(port: int, user: str = "", password: str = "") -> Server:
    return Server("127.0.0.1", port, Security.NONE, user, Secret(password))


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with listening(Post()) as made:
        yield made


@pytest.fixture
async def smtp(post: Post) -> AsyncIterator[SmtpTransport]:
    transport = SmtpTransport(server_at(post.port), MAILBOX, ALLOWED, timeout_s=0.3)
    yield transport
    await transport.close()


async def test_a_message_reaches_every_addressee_and_arrives_as_it_was(
    post: Post, smtp: SmtpTransport
) -> None:
    assert await smtp.send(letter(), TO) == Sent()
    (taken,) = post.taken
    assert taken.rcpt_tos == ["it@chu.example", "dir@chu.example"]
    assert taken.mail_from == MAILBOX
    assert isinstance(taken.content, bytes)
    assert b"\r\n\r\n.x\r\n" in taken.content


async def test_one_connection_serves_many_messages(post: Post, smtp: SmtpTransport) -> None:
    for number in range(5):
        assert await smtp.send(letter(number), TO) == Sent()
    assert len(post.taken) == 5
    assert post.connections == 1


async def test_a_connection_that_died_in_between_is_made_anew(
    post: Post, smtp: SmtpTransport
) -> None:
    assert await smtp.send(letter(1), TO) == Sent()
    post.cuts = True
    assert await smtp.send(letter(2), TO) == Uncertain()
    post.cuts = False
    assert await smtp.send(letter(3), TO) == Sent()
    assert post.connections == 2


@pytest.mark.parametrize(("answer", "again"), [("451 later", True), ("550 never", False)])
async def test_a_text_refused_for_now_is_tried_again_and_one_refused_for_good_is_not(
    post: Post, smtp: SmtpTransport, answer: str, again: bool
) -> None:
    post.says["DATA"] = answer
    assert await smtp.send(letter(), TO) == Failed(f"smtp-{answer[:3]}", again)
    assert post.taken == []
    del post.says["DATA"]
    assert await smtp.send(letter(), TO) == Sent()


async def test_an_address_that_is_refused_is_named_by_its_person(
    post: Post, smtp: SmtpTransport
) -> None:
    post.says["dir@chu.example"] = "550 unknown"
    assert await smtp.send(letter(), TO) == Sent(refused=("p2",))
    assert post.taken[0].rcpt_tos == ["it@chu.example"]


@pytest.mark.parametrize(("second", "outcome"), [
    ("550 unknown", Failed("smtp-550", again=False)),
    ("450 later", Failed("smtp-450", again=True)),
])  # fmt: skip
async def test_when_every_address_is_refused_nothing_left(
    post: Post, smtp: SmtpTransport, second: str, outcome: Failed
) -> None:
    post.says |= {"it@chu.example": "550 unknown", "dir@chu.example": second}
    assert await smtp.send(letter(), TO) == outcome
    assert post.taken == []


async def test_a_connection_cut_after_the_text_leaves_a_doubt(
    post: Post, smtp: SmtpTransport
) -> None:
    post.cuts = True
    assert await smtp.send(letter(), TO) == Uncertain()


async def test_a_server_that_stalls_on_the_text_leaves_a_doubt(
    post: Post, smtp: SmtpTransport
) -> None:
    post.stalled = True
    assert await smtp.send(letter(), TO) == Uncertain()


async def test_a_server_that_never_greets_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        transport = SmtpTransport(
            server_at(mute.getsockname()[1]), MAILBOX, ALLOWED, timeout_s=0.05
        )
        outcome = await transport.send(letter(), TO)
    assert outcome in (Failed("timeout", again=True), Failed("connect", again=True))


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    transport = SmtpTransport(server_at(port), MAILBOX, ALLOWED)
    assert await transport.send(letter(), TO) == Failed("connect", again=True)


async def test_a_stranger_is_stopped_before_anything_is_connected(
    post: Post, smtp: SmtpTransport
) -> None:
    stranger = AllowList([Person(id="x", email="boss@press.example")]).all_of(["x"])
    with pytest.raises(NotAllowed):
        await smtp.send(letter(), stranger)
    message = letter()
    message["Bcc"] = "boss@press.example"
    with pytest.raises(NotAllowed):
        await smtp.send(message, TO)
    assert post.connections == 0


async def test_a_wrong_password_is_told_and_never_shown(post: Post) -> None:
    async with listening(Post(), authenticator=_nobody, auth_require_tls=False) as strict:
        server = server_at(strict.port, "exercice", "hunter2")
        transport = SmtpTransport(server, MAILBOX, ALLOWED)
        assert await transport.send(letter(), TO) == Failed("smtp-login", again=False)
        with pytest.raises(UserError) as told:
            await transport.check()
    assert "hunter2" not in f"{told.value}{told.value.__cause__!r}{transport!r}"
    assert post.connections == 0


def _nobody(*_: object) -> object:
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=False, handled=False)


async def test_a_check_connects_and_sends_nothing(post: Post, smtp: SmtpTransport) -> None:
    await smtp.check()
    assert post.connections == 1
    assert post.taken == []
    assert await smtp.send(letter(), TO) == Sent()
    assert post.connections == 1


async def test_a_server_without_the_encryption_asked_for_gets_nothing(post: Post) -> None:
    server = Server("127.0.0.1", post.port, Security.STARTTLS, "", Secret(""))
    transport = SmtpTransport(server, MAILBOX, ALLOWED)
    assert await transport.send(letter(), TO) == Failed("smtp-unsupported", again=False)
    assert post.taken == []


def encrypted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize(
    ("ca", "outcome"), [(None, Failed("certificate", again=False)), (CERTIFICATE, Sent())]
)
async def test_only_a_server_whose_certificate_is_trusted_is_given_anything(
    security: Security, ca: Path | None, outcome: Failed | Sent
) -> None:
    post = Post()
    tls = encrypted() if security is Security.TLS else None
    starttls = {} if tls else {"tls_context": encrypted(), "require_starttls": True}
    async with listening(post, tls=tls, **starttls):
        server = Server("localhost", post.port, security, "", Secret(""), ca)
        transport = SmtpTransport(server, MAILBOX, ALLOWED)
        assert await transport.send(letter(), TO) == outcome
        await transport.close()
    assert len(post.taken) == (outcome == Sent())


def test_a_certificate_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    server = Server("x.example", 25, Security.TLS, "", Secret(""), tmp_path / "ca.pem")
    with pytest.raises(UserError, match=r"ca\.pem"):
        SmtpTransport(server, MAILBOX, ALLOWED)


async def test_the_dry_run_keeps_each_message_once_as_it_would_have_left(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "courriels"
    for _ in range(2):
        dry = MaildirTransport(folder, ALLOWED)
        assert await dry.send(letter(1), TO) == Sent()
        assert await dry.send(letter(2), TO) == Sent()
    kept = sorted((folder / "new").iterdir())
    assert len(kept) == 2
    assert "To: it@chu.example, dir@chu.example" in kept[0].read_text(encoding="ascii")


async def test_the_dry_run_stops_a_stranger_too(tmp_path: Path) -> None:
    message = letter()
    message["Cc"] = "boss@press.example"
    with pytest.raises(NotAllowed):
        await MaildirTransport(tmp_path / "courriels", ALLOWED).send(message, TO)


async def test_a_dry_run_that_cannot_be_written_is_no_bug(tmp_path: Path) -> None:
    (tmp_path / "courriels").write_text("a file", encoding="utf-8")
    dry = MaildirTransport(tmp_path / "courriels", ALLOWED)
    assert await dry.send(letter(), TO) == Failed("dry-run", again=True)
