"""The mail of a running exercise."""

import asyncio
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from cyberex.delivery.allowed import NotAllowed
from cyberex.delivery.sending import AT_ONCE, RETRIES_S
from cyberex.delivery.transport import Failed, Sent, Uncertain
from cyberex.delivery.writing import Writing
from cyberex.facts.animation_commands import MarkAbsent
from cyberex.facts.commands import (
    CallRealStop,
    ChooseChannel,
    ComposeStimulus,
    EditStimulus,
    GiveFinex,
    LiftRealStop,
    Pause,
    Resume,
    SetAsset,
)
from cyberex.facts.delivery_commands import CloseOutbox, Resend
from cyberex.facts.delivery_events import (
    DeliveryAttempted,
    DeliveryFailed,
    DeliverySucceeded,
    DeliveryUncertain,
    OutboxClosed,
    OutboxOpened,
)
from cyberex.facts.model import Outbox
from cyberex.facts.stimulus_events import StimulusDelivered, StimulusToPerform
from tests.delivery.conftest import Seat
from tests.delivery.table import Script, Table, settings_in


def body_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


async def test_a_stimulus_by_mail_leaves_for_its_cell_and_is_delivered(table: Table) -> None:
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    ((message, people),) = table.way.sent
    assert people == ("p-it", "p-dir")
    assert str(message["Subject"]) == "EXERCICE – CH de Valmont – Alerte"
    assert "Point à 09:30." in body_of(message)
    assert [one.get_filename() for one in message.iter_attachments()] == ["EXERCICE - Relevé.txt"]
    (attempt,) = table.events(DeliveryAttempted)
    assert attempt.message == str(message["Message-ID"])
    assert table.events(StimulusToPerform) == []


async def test_each_cell_gets_its_own_and_a_role_gets_it_alone(table: Table) -> None:
    await table.fire("s02")
    await table.until(lambda: len(table.events(StimulusDelivered)) == 2)
    assert sorted(people for _, people in table.way.sent) == [("p-it",), ("p-nurse",)]


async def test_the_text_that_the_director_wrote_is_the_one_that_leaves(table: Table) -> None:
    say = table.exercise.say
    await table.ask(EditStimulus(stimulus="s01", title=say("Neuf"), text=say("EXERCICE Autre.")))
    await table.fire("s01")
    await table.until(lambda: bool(table.way.sent))
    ((message, _),) = table.way.sent
    assert str(message["Subject"]).endswith("– Neuf")
    assert "Autre." in body_of(message)


async def test_an_hour_that_nobody_can_read_leaves_as_it_was_typed(table: Table) -> None:
    typed = table.exercise.say("EXERCICE. Point dans ${+1 lune}.")
    await table.ask(EditStimulus(stimulus="s01", text=typed))
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    assert "Point dans ${+1 lune}." in body_of(table.way.sent[0][0])


async def test_what_cannot_be_rehearsed_does_not_end_the_mail(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = await seat(bugs=True)
    await table.to_play()

    def no_letter(*_: object) -> None:
        raise RuntimeError("ours")

    with monkeypatch.context() as broken:
        broken.setattr(Writing, "letter", no_letter)
        await table.fire("s01")
        await table.until(lambda: bool(table.service.bugs))
    await table.fire("s02")
    await table.until(lambda: table.service.status().dry_written == 2)
    assert table.running is not None
    assert not table.running.done()


async def test_whoever_stands_in_for_somebody_called_away_gets_the_mail(table: Table) -> None:
    await table.ask(MarkAbsent(role="it"))
    await table.fire("s01")
    await table.until(lambda: bool(table.way.sent))
    assert table.way.sent[0][1] == ("p-two", "p-dir")


async def test_a_cell_without_any_address_stays_with_an_animator(table: Table) -> None:
    await table.fire("s03")
    await table.until(lambda: bool(table.events(StimulusToPerform)))
    assert table.way.begun == 0
    assert "alone" not in {item.cell for item in table.events(OutboxOpened)}


async def test_in_a_cell_where_some_have_no_address_mail_leaves_for_the_others(
    table: Table,
) -> None:
    await table.fire("s05")
    await table.until(lambda: bool(table.events(StimulusToPerform)))
    await table.fire("s06")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    assert [people for _, people in table.way.sent] == [("p-tech",)]


async def test_whoever_plays_a_whole_cell_gets_what_names_one_of_its_roles(table: Table) -> None:
    await table.fire("s07")
    await table.until(lambda: bool(table.way.sent))
    assert table.way.sent[0][1] == ("p-desk",)


async def test_somebody_called_away_without_a_stand_in_gets_nothing(table: Table) -> None:
    await table.ask(MarkAbsent(role="dir"))
    await table.fire("s01")
    await table.until(lambda: bool(table.way.sent))
    assert table.way.sent[0][1] == ("p-it",)


async def test_a_message_that_nobody_is_left_to_get_waits_for_the_director(table: Table) -> None:
    await table.ask(MarkAbsent(role="tech"))
    await table.fire("s06")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    assert table.events(DeliveryFailed)[0].code == "no-address"
    assert table.way.begun == 0


async def test_an_attempt_is_recorded_before_anything_is_given_to_the_server(table: Table) -> None:
    table.way.gate.clear()
    await table.fire("s01")
    await table.until(lambda: table.way.begun == 1)
    assert len(table.events(DeliveryAttempted)) == 1
    assert table.way.sent == []


async def test_nothing_leaves_while_paused_and_it_leaves_at_resume(table: Table) -> None:
    table.way.answers = [Failed("smtp-451", again=True)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.ask(Pause())
    await table.pass_s(900)
    assert table.way.begun == 1
    await table.ask(Resume())
    await table.until(lambda: bool(table.events(StimulusDelivered)))


async def test_a_real_stop_holds_what_was_to_be_tried_again(table: Table) -> None:
    table.way.answers = [Failed("smtp-451", again=True)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.ask(CallRealStop())
    await table.pass_s(600)
    assert table.way.begun == 1
    await table.ask(LiftRealStop())
    await table.pass_s(600)
    assert table.way.begun == 1  # lifting leads to paused
    await table.ask(Resume())
    await table.until(lambda: bool(table.events(StimulusDelivered)))


async def test_what_was_with_the_server_when_a_stop_was_called_is_still_told(table: Table) -> None:
    table.way.gate.clear()
    await table.fire("s01")
    await table.until(lambda: table.way.begun == 1)
    await table.ask(CallRealStop())
    table.way.gate.set()
    await table.until(lambda: bool(table.events(DeliverySucceeded)))


async def test_a_failure_that_may_pass_is_tried_again_in_wall_time_then_left_to_the_director(
    table: Table,
) -> None:
    table.way.answers = [Failed("smtp-451", again=True)] * (len(RETRIES_S) + 1)
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    for tries, delay_s in enumerate(RETRIES_S, start=1):
        await table.pass_s(delay_s - 5)
        assert table.way.begun == tries
        await table.pass_s(6)
        failed = tries + 1
        await table.until(lambda failed=failed: len(table.events(DeliveryFailed)) == failed)  # type: ignore[misc]
        assert table.way.begun == failed
    assert [event.again for event in table.events(DeliveryFailed)] == [True] * 4 + [False]
    await table.pass_s(900)
    assert table.way.begun == len(RETRIES_S) + 1
    assert len({event.message for event in table.events(DeliveryAttempted)}) == 1


async def test_a_failure_for_good_waits_for_the_director_who_may_send_it_again(
    table: Table,
) -> None:
    table.way.answers = [Failed("smtp-550", again=False)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.pass_s(600)
    assert table.way.begun == 1
    assert [item.code for item in table.service.status().for_director] == ["smtp-550"]
    await table.ask(Resend(stimulus="s01"))
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    assert [event.attempt for event in table.events(DeliveryAttempted)] == [1, 2]


async def test_a_doubt_is_never_sent_again_by_itself(table: Table) -> None:
    table.way.answers = [Uncertain()]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryUncertain)))
    await table.pass_s(900)
    assert table.way.begun == 1


async def test_a_message_handed_over_meanwhile_is_not_sent(table: Table) -> None:
    table.way.answers = [Failed("smtp-451", again=True)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.ask(CloseOutbox(outbox=Outbox.MAIL))
    await table.until(lambda: bool(table.events(StimulusToPerform)))
    await table.pass_s(900)
    assert table.way.begun == 1


async def test_a_mailbox_cut_in_the_fiction_sends_nothing(table: Table) -> None:
    await table.ask(SetAsset(asset="mailing", down=True))
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusToPerform)))
    assert table.way.begun == 0


async def test_people_whose_address_is_refused_are_named(table: Table) -> None:
    table.way.answers = [Sent(refused=("p-dir",))]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliverySucceeded)))
    assert table.events(DeliverySucceeded)[0].refused == ("p-dir",)


async def test_a_stalled_server_delays_neither_play_nor_other_messages(table: Table) -> None:
    table.way.gate.clear()
    await table.fire("s01")
    await table.until(lambda: table.way.begun == 1)
    await table.fire("s04")
    assert [event.stimulus for event in table.events(StimulusToPerform)] == ["s04"]
    await table.fire("s02")
    await table.until(lambda: table.way.begun == 3)


async def test_so_many_messages_at_once_and_no_more(table: Table) -> None:
    table.way.gate.clear()
    title, text = table.exercise.say("t"), table.exercise.say("EXERCICE")
    for _ in range(AT_ONCE + 2):
        await table.ask(
            ComposeStimulus(sender="cert", to=("it",), via="mail", title=title, text=text)
        )
    await table.until(lambda: table.way.begun == AT_ONCE)
    await table.idle()
    assert table.way.begun == AT_ONCE
    assert len(table.events(DeliveryAttempted)) == AT_ONCE
    table.way.gate.set()
    await table.until(lambda: len(table.events(StimulusDelivered)) == AT_ONCE + 2)


async def test_finex_sends_nothing_more(table: Table) -> None:
    table.way.answers = [Failed("smtp-451", again=True)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.ask(GiveFinex())
    await table.pass_s(900)
    assert table.way.begun == 1


async def test_a_message_stopped_by_the_interlock_is_left_to_the_director(table: Table) -> None:
    table.way.answers = [NotAllowed("x")]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    failed = table.events(DeliveryFailed)[0]
    assert (failed.code, failed.again) == ("not-allowed", False)


async def test_a_bug_in_one_message_leaves_a_doubt_and_stops_no_other(seat: Seat) -> None:
    table = await seat(bugs=True)
    await table.to_play()
    await table.confirmed()
    table.way.answers = [ZeroDivisionError()]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryUncertain)))
    await table.fire("s02")
    await table.until(lambda: len(table.events(StimulusDelivered)) == 2)
    assert [type(bug) for bug in table.service.bugs] == [ZeroDivisionError]


async def test_another_channel_chosen_by_the_director_sends_nothing(table: Table) -> None:
    table.way.answers = [Failed("smtp-550", again=False)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.ask(ChooseChannel(stimulus="s01", channel="phone"))
    await table.idle()
    assert table.way.begun == 1


# ---------------------------------------------------------------- before, without, after


async def test_before_the_confirmation_mail_goes_to_the_dry_run_alone(seat: Seat) -> None:
    table = await seat()
    await table.to_play()
    await table.fire("s01")
    await table.until(lambda: (table.folder / "courriels/new").is_dir())
    await table.until(lambda: any((table.folder / "courriels/new").iterdir()))
    kept = list(mailbox.Maildir(table.folder / "courriels"))
    assert [str(one["To"]) for one in kept] == ["it@chu.example, dir@chu.example"]
    assert table.way.begun == 0
    assert table.service.status().dry_written == 1


async def test_once_mail_really_leaves_the_dry_run_is_over(table: Table) -> None:
    await table.fire("s01")
    await table.until(lambda: bool(table.events(StimulusDelivered)))
    assert not (table.folder / "courriels").exists()


async def test_without_a_server_nothing_opens_and_the_dry_run_goes_on(seat: Seat) -> None:
    table = await seat(transport=None)
    await table.to_play()
    await table.fire("s01")
    await table.until(lambda: (table.folder / "courriels/new").is_dir())
    assert table.events(OutboxOpened) == []
    assert table.service.status().server == ""


async def test_an_attempt_under_way_at_a_crash_is_in_doubt_and_not_repeated(
    seat: Seat,
) -> None:
    table = await seat()
    await table.to_play()
    await table.confirmed()
    table.way.gate.clear()
    await table.fire("s01")
    await table.until(lambda: table.way.begun == 1)
    await _killed(table)
    again = await seat(again=True)
    await again.until(lambda: bool(again.events(DeliveryUncertain)))
    await again.idle()
    assert again.way.begun == 0


async def test_what_waited_at_a_crash_leaves_once_play_goes_on(seat: Seat) -> None:
    table = await seat()
    await table.to_play()
    await table.confirmed()
    table.way.answers = [Failed("smtp-451", again=True)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    await table.ask(Pause())
    await _killed(table)
    again = await seat(again=True)
    await again.idle()
    assert again.way.begun == 0
    await again.ask(Resume())
    await again.until(lambda: bool(again.events(StimulusDelivered)))
    assert again.events(DeliveryUncertain) == []


async def test_an_exercise_resumed_without_its_server_gives_mail_back_to_the_animators(
    seat: Seat,
) -> None:
    table = await seat()
    await table.to_play()
    await table.confirmed()
    await _killed(table)
    again = await seat(again=True, transport=None)
    await again.until(lambda: bool(again.events(OutboxClosed)))


async def test_closing_waits_for_what_the_server_is_being_given(table: Table) -> None:
    table.way.gate.clear()
    await table.fire("s01")
    await table.until(lambda: table.way.begun == 1)
    closing = asyncio.create_task(table.service.close())
    await table.idle()
    table.way.gate.set()
    await closing
    assert len(table.events(DeliverySucceeded)) == 1
    assert table.way.closed


async def test_the_password_is_in_no_byte_of_the_journal_nor_of_the_status(table: Table) -> None:
    table.way.answers = [Failed("smtp-login", again=False)]
    await table.fire("s01")
    await table.until(lambda: bool(table.events(DeliveryFailed)))
    assert "hunter2" not in repr(table.service.status())
    assert b"hunter2" not in b"".join(
        path.read_bytes() for path in table.folder.iterdir() if path.is_file()
    )


async def test_the_status_tells_who_can_be_reached(table: Table) -> None:
    status = table.service.status()
    assert status.server == "smtp.chu.example:587"
    assert status.reachable == {"crisis": 2, "care": 1, "site": 1, "desk": 1}
    assert [one.person for one in status.unreachable] == ["p-night", "p-guard"]
    assert status.confirmed


async def _killed(table: Table) -> None:
    """The program dies: nothing more is recorded, whatever was under way."""
    await table.exercise.close()
    table.way.gate.set()
    assert table.running is not None
    await table.running


@pytest.mark.parametrize("alias", ["exercice+{actor}@chu.example"])
async def test_an_actor_with_an_alias_writes_from_it(
    seat: Seat, tmp_path: Path, alias: str
) -> None:
    table = await seat(settings=settings_in(tmp_path, alias=alias), way=Script())
    await table.to_play()
    await table.confirmed()
    await table.fire("s01")
    await table.until(lambda: bool(table.way.sent))
    assert "exercice+cert@chu.example" in str(table.way.sent[0][0]["Reply-To"])
