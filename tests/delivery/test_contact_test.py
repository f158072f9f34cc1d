"""The contact test, and what comes back by mail."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from cyberex.delivery.imap import MailboxError
from cyberex.delivery.transport import Failed, Uncertain
from cyberex.facts.commands import CallRealStop, LiftRealStop, Resume
from cyberex.facts.delivery_commands import StartContactTest
from cyberex.facts.delivery_events import (
    ContactTestFailed,
    ContactTestReceived,
    ContactTestSent,
    OutboxOpened,
)
from cyberex.facts.model import Recorded, TestWay
from cyberex.facts.stimulus_events import StimulusDelivered
from cyberex.facts.world_events import ContactLogged
from tests.delivery.conftest import Seat
from tests.delivery.table import Letters, Table, settings_in
from tests.delivery.test_service import _killed, body_of


def answer_to(message: EmailMessage, text: str = "Reçu.", **headers: str) -> bytes:
    reply = EmailMessage(policy=SMTP)
    reply["From"] = headers.get("From", "it@chu.example")
    reply["To"] = str(message["Reply-To"])
    reply["Message-ID"] = headers.get("id", "<r1@chu.example>")
    reply["In-Reply-To"] = str(message["Message-ID"])
    reply.set_content(text)
    return reply.as_bytes()


async def begin_test(table: Table, *people: str) -> None:
    await table.ask(StartContactTest(people=people))


def contacts(table: Table) -> list[tuple[Recorded, ContactLogged]]:
    found = [item for part in table.exercise.history() for item in part]
    return [(item, item.event) for item in found if isinstance(item.event, ContactLogged)]


async def test_everybody_named_gets_two_messages_before_anything_is_confirmed(seat: Seat) -> None:
    table = await seat(links=lambda person: f"http://10.0.0.1/l/{person}")
    await begin_test(table, "p-it", "p-anim")
    await table.until(lambda: len(table.events(ContactTestSent)) == 4)
    assert sorted(to for _, to in table.way.sent) == [("p-anim",)] * 2 + [("p-it",)] * 2
    for message, (person,) in table.way.sent:
        assert f"http://10.0.0.1/l/{person}" in body_of(message).splitlines()
    files = [list(message.iter_attachments()) for message, _ in table.way.sent]
    assert sorted(map(bool, files)) == [False, False, True, True]
    assert table.events(OutboxOpened) == []


async def test_somebody_without_an_address_is_told_and_strangers_get_nothing(seat: Seat) -> None:
    table = await seat()
    await begin_test(table, "p-night", "nobody")
    await table.until(lambda: len(table.events(ContactTestFailed)) == 4)
    assert {event.code for event in table.events(ContactTestFailed)} == {"no-address"}
    assert table.way.begun == 0


async def test_without_a_server_the_test_says_so(seat: Seat) -> None:
    table = await seat(transport=None)
    await begin_test(table, "p-it")
    await table.until(lambda: len(table.events(ContactTestFailed)) == 2)
    assert {event.code for event in table.events(ContactTestFailed)} == {"no-server"}


async def test_a_failure_is_told_at_once_and_success_after_it_too(seat: Seat) -> None:
    table = await seat()
    table.way.answers = [Failed("smtp-451", again=True)] * 2
    await begin_test(table, "p-it")
    await table.until(lambda: len(table.events(ContactTestFailed)) == 2)
    await table.pass_s(40)
    assert len(table.events(ContactTestSent)) == 2


@pytest.mark.parametrize(
    ("outcome", "code"), [(Uncertain(), "uncertain"), (Failed("smtp-550", False), "smtp-550")]
)
async def test_what_may_not_be_tried_again_is_not(
    seat: Seat, outcome: Failed | Uncertain, code: str
) -> None:
    table = await seat()
    table.way.answers = [outcome, outcome]
    await begin_test(table, "p-it")
    await table.until(lambda: len(table.events(ContactTestFailed)) == 2)
    await table.pass_s(600)
    assert table.way.begun == 2
    assert {event.code for event in table.events(ContactTestFailed)} == {code}


async def test_a_real_stop_holds_the_test_too(seat: Seat) -> None:
    table = await seat()
    await table.to_play()
    table.way.answers = [Failed("smtp-451", again=True)] * 2
    await begin_test(table, "p-it")
    await table.until(lambda: len(table.events(ContactTestFailed)) == 2)
    await table.ask(CallRealStop())
    await table.pass_s(60)
    assert table.way.begun == 2
    await table.ask(LiftRealStop())
    await table.ask(Resume())
    await table.until(lambda: len(table.events(ContactTestSent)) == 2)


async def test_a_test_broken_off_by_a_crash_is_told_and_not_sent_again(seat: Seat) -> None:
    table = await seat()
    table.way.gate.clear()
    await begin_test(table, "p-it")
    await table.until(lambda: table.way.begun == 2)
    await _killed(table)
    again = await seat(again=True)
    await again.until(lambda: len(again.events(ContactTestFailed)) == 2)
    assert {event.code for event in again.events(ContactTestFailed)} == {"interrupted"}
    assert again.way.begun == 0


async def test_a_reply_to_a_test_says_that_it_was_received(seat: Seat) -> None:
    table = await seat()
    await begin_test(table, "p-it")
    await table.until(lambda: len(table.events(ContactTestSent)) == 2)
    message = next(one for one, _ in table.way.sent if list(one.iter_attachments()))
    table.letters.came = [answer_to(message), answer_to(message, id="<r2@x.example>")]
    await table.service.collect()
    (received,) = table.events(ContactTestReceived)
    assert (received.person, received.way) == ("p-it", TestWay.ATTACHMENT)


async def test_a_player_who_answers_a_stimulus_writes_to_its_actor(table: Table) -> None:
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    message, _ = table.way.sent[0]
    table.letters.came = [answer_to(message, "Nous coupons.\n\n> texte cité")]
    await table.service.collect()
    ((recorded, contact),) = contacts(table)
    assert (contact.actor, contact.cell, contact.channel) == ("cert", "crisis", "mail")
    assert table.exercise.text(contact.text) == "Nous coupons."
    assert recorded.request is not None
    assert (recorded.request.by, recorded.request.origin) == ("p-it", "mail")


async def test_a_message_read_twice_even_after_a_crash_is_one_contact(
    seat: Seat, table: Table
) -> None:
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    raw = answer_to(table.way.sent[0][0])
    table.letters.came = [raw, raw]
    await table.service.collect()
    await _killed(table)
    again = await seat(again=True, letters=Letters([raw]))
    await again.until(lambda: again.service.status().received == 1)
    assert len(contacts(again)) == 1


async def test_strangers_and_absence_messages_are_counted_and_left_alone(table: Table) -> None:
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    message, _ = table.way.sent[0]
    table.letters.came = [answer_to(message, From="boss@press.example"), b"\xff nothing"]
    await table.service.collect()
    assert contacts(table) == []
    assert table.service.status().ignored == {"stranger": 2}


async def test_a_mailbox_that_cannot_be_read_is_shown_and_read_later(
    seat: Seat, tmp_path: Path
) -> None:
    class Broken(Letters):
        broken = True

        def new(self) -> list[bytes]:
            if self.broken:
                raise MailboxError("login")
            return super().new()

    letters = Broken()
    settings = settings_in(tmp_path)
    table = await seat(letters=letters, settings=settings)
    await table.service.collect()
    assert table.service.status().imap_trouble == "login"
    letters.broken = False
    await table.to_play()
    await table.pass_s(25)
    assert table.service.status().imap_trouble == ""
