"""Call sheets: what somebody has to perform now."""

from typing import Any

from cyberex.facts.animation_events import ContactAnswered
from cyberex.facts.delivery_events import CallClaimed, ClaimReleased
from cyberex.facts.exercise_events import CommandUndone, FinexGiven
from cyberex.facts.model import CallOutcome, SkipReason, TextRef
from cyberex.facts.stimulus_events import (
    CallBack,
    CallFailed,
    CallStarted,
    DeliveryWithdrawn,
    StimulusBlocked,
    StimulusDelivered,
    StimulusHeld,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.facts.world_events import ContactLogged, ReplyDue, ReplyPlanned
from cyberex.plan.model import Importance
from cyberex.views.board import Board
from cyberex.views.calls import Calls
from tests.views.builders import CELLS, MIN, Tape, plan_of, stimulus

PLAN = plan_of(
    stimulus("s01", 0, 2, cells=CELLS),
    stimulus("s02", 1, 3, importance=Importance.ESSENTIAL, sender="press"),
    stimulus("s03", 2, 1, importance=Importance.OPTIONAL),
)
S01: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1", "cell": "tech"}


def give(id: str, cell: str = "tech", instead_of: str = "") -> StimulusToPerform:
    return StimulusToPerform(
        stimulus=id, occurrence=f"{id}#1", cell=cell, roles=(), channel="phone",
        instead_of=instead_of,
    )  # fmt: skip


def calls_of(tape: Tape) -> Calls:
    return Board(PLAN).apply_all(tape.records).calls


def test_the_most_important_call_comes_first_then_the_oldest() -> None:
    tape = Tape().at(1, give("s03")).at(2, give("s01")).at(2.5, give("s01", "board"))
    calls = calls_of(tape.at(3, give("s02")))
    assert [(item.stimulus, item.cell) for item in calls.sheets] == [
        ("s02", "tech"),
        ("s01", "tech"),
        ("s01", "board"),
        ("s03", "tech"),
    ]
    oldest = calls.oldest_waiting()
    assert oldest is not None
    assert oldest.stimulus == "s03"


def test_a_call_sheet_says_who_plays_the_sender_and_what_was_asked_for() -> None:
    sheet = calls_of(Tape().at(3, give("s02", instead_of="mail"))).sheets[0]
    assert (sheet.sender, sheet.voice, sheet.channel, sheet.instead_of) == (
        "press",
        "bob",
        "phone",
        "mail",
    )


def test_a_busy_line_comes_back_and_keeps_its_age_and_attempts() -> None:
    busy = CallFailed(**S01, outcome=CallOutcome.BUSY, back_ms=5 * MIN)
    tape = Tape().at(2, give("s01")).by(2, "r1", CallStarted(**S01)).by(3, "r2", busy)
    calls = calls_of(tape)
    assert calls.waiting == ()
    assert [item.back_ms for item in calls.coming_back] == [5 * MIN]
    back = calls_of(tape.at(5, CallBack(**S01), give("s01"))).waiting[0]
    assert (back.since_ms, back.started_ms, back.back_ms) == (2 * MIN, None, None)
    assert [(item.outcome, item.sim_ms) for item in back.attempts] == [(CallOutcome.BUSY, 3 * MIN)]


def test_a_failure_said_by_mistake_is_no_attempt() -> None:
    refused = CallFailed(**S01, outcome=CallOutcome.REFUSED, back_ms=None)
    tape = Tape().at(2, give("s01")).by(3, "r1", refused)
    assert calls_of(tape).sheets == ()
    sheet = calls_of(tape.by(4, "r2", CommandUndone(undoes="r1"), give("s01"))).sheets[0]
    assert (sheet.since_ms, sheet.attempts) == (2 * MIN, ())


def test_a_call_done_leaves_the_list_and_returns_if_that_was_a_mistake() -> None:
    tape = Tape().at(2, give("s01")).by(3, "r1", StimulusDelivered(**S01, channel="phone"))
    assert calls_of(tape).sheets == ()
    tape.by(4, "r2", CommandUndone(undoes="r1"), DeliveryWithdrawn(**S01))
    assert [item.since_ms for item in calls_of(tape).sheets] == [2 * MIN]


def test_a_call_without_channel_is_blocked_until_one_is_found() -> None:
    tape = Tape().at(2, StimulusBlocked(**S01, roles=(), channel="mail", ask=True))
    calls = calls_of(tape)
    assert [item.ask for item in calls.blocked] == [True]
    assert calls.oldest_waiting() is None
    assert calls_of(tape.by(4, "r1", give("s01"))).waiting[0].since_ms == 2 * MIN


def test_a_call_begun_is_no_longer_the_oldest_waiting() -> None:
    tape = Tape().at(2, give("s01")).by(2, "r1", CallStarted(**S01)).at(3, give("s02"))
    oldest = calls_of(tape).oldest_waiting()
    assert oldest is not None
    assert oldest.stimulus == "s02"


def test_what_is_held_skipped_or_cut_by_finex_is_no_call() -> None:
    names: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1"}
    for over in (
        StimulusHeld(**names),
        StimulusSkipped(**names, reason=SkipReason.DIRECTOR),
        FinexGiven(),
    ):
        assert calls_of(Tape().at(2, give("s01")).by(3, "r1", over)).sheets == ()


def test_calls_are_counted_by_voice() -> None:
    tape = Tape().at(2, give("s01"), give("s01", "board")).at(3, give("s02"))
    assert calls_of(tape).by_voice() == {"anna": 2, "bob": 1}


def test_whoever_takes_a_call_holds_it_until_it_is_given_back() -> None:
    tape = Tape().at(2, give("s01")).by(3, "r1", CallClaimed(**S01, voice="zoe"))
    assert [sheet.claimed_by for sheet in calls_of(tape).sheets] == ["zoe"]
    tape.by(6, "r2", ClaimReleased(**S01, lapsed=True))
    assert [sheet.claimed_by for sheet in calls_of(tape).sheets] == [""]


def test_a_claim_ends_with_the_call_that_it_was_for() -> None:
    busy = CallFailed(**S01, outcome=CallOutcome.BUSY, back_ms=5 * MIN)
    done = StimulusDelivered(**S01, channel="phone")
    ends = [
        (busy,),
        (done, DeliveryWithdrawn(**S01)),
        (StimulusBlocked(**S01, roles=(), channel="mail", ask=True),),
        (StimulusHeld(stimulus="s01", occurrence="s01#1"), give("s01")),
    ]
    for events in ends:
        tape = Tape().at(2, give("s01")).by(3, "r1", CallClaimed(**S01, voice="zoe"))
        assert [sheet.claimed_by for sheet in calls_of(tape.by(4, "r2", *events)).sheets] == [""]


def test_an_answer_to_the_players_is_announced_then_due_until_it_is_given() -> None:
    logged = ContactLogged(
        contact="c1", actor="soc", cell="tech", channel="phone", text=TextRef("x"), refused=False
    )
    tape = Tape().by(4, "r1", logged, ReplyPlanned(contact="c1", actor="soc", due_ms=9 * MIN))
    assert [(task.due, task.due_ms) for task in calls_of(tape).replies(4 * MIN)] == [
        (False, 9 * MIN)
    ]
    calls = calls_of(tape.at(9, ReplyDue(contact="c1", actor="soc", cell="tech")))
    task = calls.replies(9 * MIN)[0]
    assert (task.due, task.voice, task.text) == (True, "anna", "x")
    assert calls.replies(90 * MIN) == (task,)
    assert calls_of(tape.by(91, "r2", ContactAnswered(contact="c1"))).replies(91 * MIN) == ()
