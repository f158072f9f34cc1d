"""From the contact test to a player's answer, through real servers on this machine."""

import asyncio
import logging
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, Envelope

from cyberex.delivery.opening import check_mail, mail_service
from cyberex.delivery.settings import MailSettings, Secret, Security, Server
from cyberex.errors import UserError
from cyberex.exercise.clocks import SystemClocks, VirtualClocks
from cyberex.exercise.opening import create_exercise
from cyberex.facts.delivery_commands import ConfirmMail
from cyberex.facts.delivery_events import ContactTestReceived, ContactTestSent
from cyberex.facts.stimulus_events import StimulusDelivered
from cyberex.facts.world_events import ContactLogged
from tests.delivery.imap_server import Folder, mailbox_open
from tests.delivery.servers import Post, listening
from tests.delivery.table import OPEN, PEOPLE, SCENARIO, Letters, Script, Table, settings_in
from tests.delivery.test_contact_test import answer_to, begin_test
from tests.exercise.conftest import NINE
from tests.exercise.table import scenario_json

PASSWORD = "hunter2-secret"


def taken(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    return message_from_bytes(envelope.content, policy=SMTP)


def everybody(*_: object) -> AuthResult:
    return AuthResult(success=True)


def settings_of(tmp_path: Path, post: Post, folder: Folder) -> MailSettings:
    folder.password = PASSWORD
    return settings_in(
        tmp_path,
        smtp=Server("127.0.0.1", post.port, Security.NONE, "e", Secret(PASSWORD)),
        imap=Server("127.0.0.1", folder.port, Security.NONE, "e", Secret(PASSWORD)),
    )


async def test_contact_test_confirmation_delivery_and_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    post, folder, clocks = Post(), Folder(), VirtualClocks(NINE)
    async with (
        listening(post, authenticator=everybody, auth_require_tls=False),
        mailbox_open(folder),
    ):
        settings = settings_of(tmp_path, post, folder)
        exercise = await create_exercise(
            scenario_json(SCENARIO), source="small.yaml", seed=7,
            journal_path=tmp_path / "exercice.cyberex", people=PEOPLE, clocks=clocks,
        )  # fmt: skip
        service = mail_service(exercise, PEOPLE, settings, clocks)
        tasks = [asyncio.create_task(exercise.run()), asyncio.create_task(service.run())]
        table = Table(exercise, clocks, tmp_path, Script(), Letters(), service)
        await begin_test(table, "p-it")
        await table.until(lambda: len(table.events(ContactTestSent)) == 2)
        folder.add(answer_to(taken(post.taken[0])), clocks.wall())
        await service.collect()
        assert [event.person for event in table.events(ContactTestReceived)] == ["p-it"]
        await table.ask(ConfirmMail())
        await table.to_play()
        await table.until(lambda: len(exercise.board.outboxes.open) == OPEN)
        await table.fire("s01")
        await table.until(lambda: bool(table.events(StimulusDelivered)))
        assert post.taken[-1].rcpt_tos == ["it@chu.example", "dir@chu.example"]
        letter = taken(post.taken[-1])
        folder.add(answer_to(letter, "Nous coupons.", id="<z@x.example>"), clocks.wall())
        await service.collect()
        (contact,) = table.events(ContactLogged)
        assert exercise.text(contact.text) == "Nous coupons."
        await service.close()
        await exercise.close()
        await asyncio.gather(*tasks)
    assert service.bugs == ()
    shown = caplog.text + "".join(capfd.readouterr()) + repr(settings)
    assert PASSWORD not in shown
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


async def test_servers_that_answer_pass_the_check_and_get_nothing(tmp_path: Path) -> None:
    post, folder = Post(), Folder()
    async with (
        listening(post, authenticator=everybody, auth_require_tls=False),
        mailbox_open(folder),
    ):
        await check_mail(settings_of(tmp_path, post, folder), SystemClocks())
    assert post.taken == []


async def test_a_mailbox_that_refuses_fails_the_check_with_what_to_mend(tmp_path: Path) -> None:
    post, folder = Post(), Folder()
    async with (
        listening(post, authenticator=everybody, auth_require_tls=False),
        mailbox_open(folder),
    ):
        settings = settings_of(tmp_path, post, folder)
        folder.password = "another"
        with pytest.raises(UserError) as told:
            await check_mail(settings, SystemClocks())
    assert "[imap]" in told.value.advice
    assert PASSWORD not in str(told.value)


async def test_without_any_server_the_check_has_nothing_to_say(tmp_path: Path) -> None:
    await check_mail(settings_in(tmp_path, smtp=None), SystemClocks())
