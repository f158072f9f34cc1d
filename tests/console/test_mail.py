"""The mail's screen, and what did not leave or came in writing among what is to be done."""

from pathlib import Path
from typing import Any

import pytest

from cyberex.console.dialogs.call_down import CallDownDialog
from cyberex.console.dialogs.form import Form
from cyberex.console.mail_screen import MailScreen
from cyberex.console.main_screen import MainScreen
from cyberex.facts.commands import LogContact
from cyberex.facts.delivery_commands import (
    AttemptDelivery,
    ClaimCall,
    ConfirmMail,
    OpenOutbox,
    ReportDoubt,
    ReportFailure,
    ReportSent,
    ReportTestFailed,
    ReportTestReceived,
    ReportTestSent,
    StartContactTest,
)
from cyberex.facts.model import Outbox, TestWay
from cyberex.facts.people import Person
from cyberex.wording.leaving import FAILURES, SHORT_FAILURES
from tests.console.beside import WRITTEN, FakeMail, FakePortal
from tests.console.seat import NARROW, PEOPLE, WIDE, Seat, at_console, seated

SIZES = [NARROW, WIDE]
WITH_ADDRESS = (
    Person(id="p1", role="it", cell="crisis", name="M. Forestier", email="f@exercice.example",
           mobile="0639981203"),
    Person(id="p2", role="dir", cell="crisis", name="Mme Marchand", email="m@exercice.example"),
    Person(id="p3", role="ward", cell="care", name="Mme Colin", phone="0199001203"),
)  # fmt: skip


async def go(seat: Seat, *keys: str) -> None:
    await seat.press("M")
    assert isinstance(seat.screen, MailScreen)
    await seat.press(*keys)


async def leaving(seat: Seat) -> None:
    """A mail of the game is on its way to the crisis cell, mail having been confirmed."""
    await seat.ask(StartContactTest(people=("p1",)))
    await seat.ask(ConfirmMail())
    await seat.ask(OpenOutbox(outbox=Outbox.MAIL, cell="crisis", kinds=("email",)))
    await seat.play(2)
    await seat.ask(AttemptDelivery(stimulus="m01", cell="crisis", message="<m01@test>"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_dry_run_is_said_and_leads_to_the_contact_test(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await go(seat)
        assert "ESSAI À BLANC" in seat.text()
        assert "sauf le test de contact, qui part vraiment" in seat.text()
        assert "T\N{NO-BREAK SPACE}: test de contact" in seat.text()
        assert "sans adresse" in seat.text()


async def test_the_contact_test_goes_to_everybody_after_a_question(tmp_path: Path) -> None:
    mail = FakeMail()
    async with seated(tmp_path, people=WITH_ADDRESS, mail=mail, debex=False) as seat:
        await go(seat, "T")
        assert "2 personnes reçoivent" in seat.text()
        assert "pour de vrai" in seat.text()
        assert "1 personne n'a pas d'adresse" in seat.text()
        await seat.press("escape", "T", "enter")
        assert mail.tested == [("p1", "p2", "p3")]


async def test_without_a_server_the_contact_test_claims_to_send_nothing(tmp_path: Path) -> None:
    mail = FakeMail(configured=False, folder="")
    async with seated(tmp_path, people=WITH_ADDRESS, mail=mail, debex=False) as seat:
        await go(seat, "T")
        assert "rien ne part" in seat.text()
        assert "pour de vrai" not in seat.text()


async def test_it_goes_again_to_those_who_have_not_answered(tmp_path: Path) -> None:
    mail = FakeMail()
    async with seated(tmp_path, people=WITH_ADDRESS, mail=mail) as seat:
        await seat.ask(StartContactTest(people=("p1", "p2", "p3")))
        await seat.ask(ReportTestReceived(person="p2", way=TestWay.MAIL))
        await go(seat, "T", "m", "enter")
        assert mail.tested == [("p1", "p3")]


@pytest.mark.parametrize("size", SIZES)
async def test_each_way_says_sent_failed_or_received(tmp_path: Path, size: tuple[int, int]) -> None:
    async with seated(tmp_path, size=size, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await seat.ask(StartContactTest(people=("p1", "p2", "p3")))
        await seat.ask(ReportTestSent(person="p1", way=TestWay.MAIL))
        await seat.ask(ReportTestFailed(person="p1", way=TestWay.ATTACHMENT, code="smtp-552"))
        await seat.ask(ReportTestReceived(person="p2", way=TestWay.MAIL))
        await go(seat)
        shown = seat.text()
        assert "courriel → · pièce jointe ✗" in shown
        assert "courriel ✓ 08:00" in shown
        assert "1/3" in shown


async def all_failed(seat: Seat) -> None:
    await seat.ask(StartContactTest(people=("p1", "p2", "p3")))
    for person, code in (("p1", "connect"), ("p2", "connect"), ("p3", "no-address")):
        for way in (TestWay.MAIL, TestWay.ATTACHMENT):
            await seat.ask(ReportTestFailed(person=person, way=way, code=code))


async def test_why_a_contact_test_failed_fits_on_a_small_screen(tmp_path: Path) -> None:
    async with seated(tmp_path, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await all_failed(seat)
        await go(seat)
        assert "courriel ✗ · pièce jointe ✗ injoignable" in seat.text()
        assert "connect" not in seat.text()
        assert "no-address" not in seat.text()
        assert seat.text().count("sans adresse") == 1


async def test_why_is_read_in_full_on_a_large_screen_and_on_enter(tmp_path: Path) -> None:
    sentence = "le serveur de courriel est injoignable"
    async with seated(tmp_path, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await all_failed(seat)
        await go(seat)
        assert sentence not in seat.text()
        await seat.press("enter")
        assert sentence in seat.text()


async def test_failures_are_to_be_looked_at_before_mail_really_leaves(tmp_path: Path) -> None:
    async with seated(tmp_path, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await all_failed(seat)
        await go(seat)
        assert "2 échecs" in seat.text()
        await seat.press("C")
        assert "a échoué pour 2 personnes" in seat.text()


async def test_without_a_failure_only_the_real_leaving_is_proposed(tmp_path: Path) -> None:
    async with seated(tmp_path, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await seat.ask(StartContactTest(people=("p1",)))
        await go(seat)
        assert "échec" not in seat.text()
        assert "C\N{NO-BREAK SPACE}: envoi réel" in seat.text()


def test_every_failure_has_its_short_words() -> None:
    assert set(SHORT_FAILURES) == set(FAILURES)


async def test_received_is_ticked_by_hand_by_one_of_their_ways(tmp_path: Path) -> None:
    async with seated(tmp_path, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await seat.ask(StartContactTest(people=("p1", "p2", "p3")))
        await go(seat, "enter", "d")
        assert seat.board.contact_test.row("p1", TestWay.PHONE) is not None
        assert "1/3" in seat.text()
        await seat.press("enter", "c")
        assert seat.board.contact_test.row("p2", TestWay.PORTAL) is not None


@at_console(people=WITH_ADDRESS, mail=FakeMail())
async def test_nothing_is_ticked_before_the_contact_test(seat: Seat) -> None:
    await go(seat, "enter")
    assert "✗ Le test de contact n'a pas commencé" in seat.text()


async def test_mail_really_leaves_only_once_the_word_is_typed(tmp_path: Path) -> None:
    async with seated(tmp_path, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await go(seat, "C")
        assert isinstance(seat.screen, MailScreen)
        await seat.ask(StartContactTest(people=("p1", "p2", "p3")))
        await seat.press("C")
        assert "M. Forestier" in seat.text()
        await seat.press("enter")
        assert not seat.board.outboxes.mail_confirmed
        await seat.type("courriel")
        await seat.press("enter")
        assert seat.board.outboxes.mail_confirmed


@at_console(people=WITH_ADDRESS, mail=FakeMail(configured=False, folder=""))
async def test_without_a_server_nothing_can_leave(seat: Seat) -> None:
    await seat.ask(StartContactTest(people=("p1",)))
    await go(seat, "C")
    assert isinstance(seat.screen, MailScreen)
    assert "Aucun serveur de courriel" in seat.text()
    assert not seat.board.outboxes.mail_confirmed


async def test_mail_is_stopped_and_started_again(tmp_path: Path) -> None:
    mail = FakeMail()
    async with seated(tmp_path, text=WRITTEN, people=WITH_ADDRESS, mail=mail, size=WIDE) as seat:
        await seat.ask(StartContactTest(people=("p1",)))
        await seat.ask(ConfirmMail())
        await go(seat, "S")
        assert "✗ Personne" in seat.text()
        opened = OpenOutbox(outbox=Outbox.MAIL, cell="crisis", kinds=("email",))
        mail.opening = lambda: seat.app.desk.ask(opened)
        await seat.press("S")
        assert "ENVOI RÉEL" in seat.text()
        assert "courriel ●" in seat.lines()[1]
        await seat.press("S", "enter")
        assert not seat.board.outboxes.is_open(Outbox.MAIL)
        assert "courriel ‖" in seat.lines()[1]


@at_console(people=WITH_ADDRESS, mail=FakeMail(problem="le serveur ne répond pas"))
async def test_what_goes_wrong_is_said_in_the_header_and_here(seat: Seat) -> None:
    assert "✉ ✗" in "\n".join(seat.lines()[:2])
    await go(seat)
    assert "le serveur ne répond pas" in seat.text()


@at_console(text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail())
async def test_the_real_stop_goes_over_the_mail_screen(seat: Seat) -> None:
    await go(seat, "f12")
    assert isinstance(seat.screen, CallDownDialog)
    await seat.press("escape", "M")
    assert isinstance(seat.screen, MainScreen)


# What did not leave


@pytest.mark.parametrize("size", SIZES)
async def test_a_failed_mail_says_its_ways_out_and_is_sent_again(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(
        tmp_path, size=size, text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail()
    ) as seat:
        await leaving(seat)
        await seat.ask(ReportFailure(stimulus="m01", cell="crisis", code="smtp-550", again=False))
        await seat.press("2")
        assert "échec\N{NO-BREAK SPACE}: renvoyer" in seat.text()
        await seat.press("enter", "r")
        assert seat.events("delivery.resent")


async def test_a_failed_mail_goes_by_another_channel(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await leaving(seat)
        await seat.ask(ReportFailure(stimulus="m01", cell="crisis", code="smtp-550", again=False))
        await seat.press("2", "enter", "c", "a")
        (sheet,) = seat.board.calls.waiting
        assert (sheet.stimulus, sheet.channel) == ("m01", "phone")


async def test_a_failed_mail_is_handed_over_to_an_animator(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await leaving(seat)
        await seat.ask(ReportFailure(stimulus="m01", cell="crisis", code="smtp-550", again=False))
        await seat.press("2", "enter", "h")
        (sheet,) = seat.board.calls.waiting
        assert (sheet.stimulus, sheet.channel) == ("m01", "mail")


async def test_an_uncertain_mail_is_settled_from_the_mail_screen(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await leaving(seat)
        await seat.ask(ReportDoubt(stimulus="m01", cell="crisis"))
        await go(seat, "2")
        assert "incertain\N{NO-BREAK SPACE}: renvoyer\N{NO-BREAK SPACE}?" in seat.text()
        await seat.press("enter", "a")
        assert seat.status("m01#1") == "delivered"
        assert "envoyé" in seat.text()


async def test_whom_the_server_refused_is_named(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await leaving(seat)
        await seat.ask(ReportSent(stimulus="m01", cell="crisis", refused=("p2",)))
        await go(seat, "2")
        assert "refusé pour Mme Marchand" in seat.text()


async def test_a_mail_that_is_not_with_the_director_is_only_shown(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN, people=WITH_ADDRESS, mail=FakeMail()) as seat:
        await leaving(seat)
        await go(seat, "2", "enter")
        assert isinstance(seat.screen, MailScreen)


# What players write


async def wrote(seat: Seat, actor: str, channel: str = "mail", text: str = "Et nos lits ?") -> None:
    command = LogContact(actor=actor, cell="care", channel=channel, text=seat.exercise.say(text))
    await seat.exercise.submit(command, by="care", origin="portal")
    await seat.settled()


@pytest.mark.parametrize("actor", ["press", "nurse"])
async def test_the_sheet_of_a_message_says_that_enter_asks_how_to_answer(
    tmp_path: Path, actor: str
) -> None:
    async with seated(tmp_path, text=WRITTEN) as seat:
        await wrote(seat, actor)
        await seat.play(1)
        await seat.press("2")
        assert "Entrée\N{NO-BREAK SPACE}: répondre ·" in seat.text()
        assert "a été donnée" not in seat.text()


@pytest.mark.parametrize("size", SIZES)
async def test_a_message_of_players_is_a_task_with_its_text(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, text=WRITTEN) as seat:
        await wrote(seat, "press")
        assert "message Soins" in seat.lines()[1]
        await seat.press("2")
        assert "MESSAGE DE Soins" in seat.text()
        assert seat.text().count("Et nos lits ?") > 1


async def test_one_answers_in_writing_as_the_actor(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN) as seat:
        await wrote(seat, "press")
        await seat.press("2", "enter", "y")
        assert isinstance(seat.screen, Form)
        await seat.type("Bien")
        await seat.press("ctrl+s")
        (composed,) = seat.events("stimulus.composed")
        assert (composed.sender, composed.to, composed.via) == ("press", ("care",), "mail")
        assert seat.exercise.text(composed.text) == "Bien"
        assert seat.board.contacts.all[0].answered_ms is not None


async def test_the_prepared_answer_is_proposed_in_writing(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN) as seat:
        await wrote(seat, "nurse")
        await seat.play(1)
        await seat.press("2", "y")
        assert "Je vous rappelle." in seat.text()
        await seat.press("ctrl+s")
        (composed,) = seat.events("stimulus.composed")
        assert seat.exercise.text(composed.text) == "Je vous rappelle."


async def test_whoever_is_not_in_the_directory_is_answered_as_a_chosen_actor(
    tmp_path: Path,
) -> None:
    async with seated(tmp_path, text=WRITTEN) as seat:
        await wrote(seat, "", channel="")
        await seat.press("y")
        await seat.type("Oui")
        await seat.press("tab", "right", "ctrl+s")
        (composed,) = seat.events("stimulus.composed")
        assert composed.sender == "press"


async def test_a_message_answered_by_telephone_is_settled(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN) as seat:
        await wrote(seat, "press")
        await seat.press("2", "enter", "t")
        assert seat.events("contact.answered")
        assert "message Soins" not in seat.lines()[1]


async def test_who_asks_to_be_rung_back_is_said(tmp_path: Path) -> None:
    async with seated(tmp_path, text=WRITTEN) as seat:
        await wrote(seat, "press", channel="mobile")
        await seat.press("2")
        assert "RAPPELER Soins" in seat.text()
        await seat.press("enter", "enter")
        assert seat.events("contact.answered")
        assert not seat.events("stimulus.composed")


@at_console(text=WRITTEN)
async def test_when_nobody_wrote_it_is_said(seat: Seat) -> None:
    await seat.press("y")
    assert seat.message().startswith("✗")


# Claims


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_taken_on_the_portal_says_by_whom_and_is_taken_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with seated(tmp_path, size=size, people=PEOPLE) as seat:
        await seat.play(5)
        await seat.ask(ClaimCall(stimulus="s01", cell="crisis", voice="animator-1"))
        await seat.press("2")
        assert "⊙ animator-1" in seat.text()
        assert "pris par animator-1" in seat.text()
        await seat.press("U")
        assert seat.board.calls.waiting[0].claimed_by == ""


@at_console()
async def test_when_no_call_is_claimed_it_is_said(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("U")
    assert seat.message().startswith("✗")


@pytest.mark.parametrize(
    ("beside", "asked"),
    [({}, False), ({"mail": FakeMail()}, True), ({"portal": FakePortal()}, True),
     ({"portal": FakePortal(running=False), "mail": FakeMail(configured=False)}, False)],
)  # fmt: skip
async def test_the_contact_test_is_on_the_list_before_debex_where_something_is_sent(
    tmp_path: Path, beside: dict[str, Any], asked: bool
) -> None:
    async with seated(tmp_path, size=WIDE, debex=False, **beside) as seat:
        await seat.press("B")
        assert ("test de contact" in seat.text()) == asked
