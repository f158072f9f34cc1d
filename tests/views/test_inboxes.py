"""What each cell has received: nothing planned, nothing of the others."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.facts.commands import Acknowledge, DealWith
from cyberex.facts.delivery_events import StimulusLeaving
from cyberex.facts.exercise_events import ExerciseCreated
from cyberex.facts.model import Event, Outbox, Request, SkipReason, TextRef
from cyberex.facts.stimulus_events import (
    DeliveryWithdrawn,
    StimulusAcknowledged,
    StimulusBlocked,
    StimulusDealtWith,
    StimulusDelivered,
    StimulusDue,
    StimulusEdited,
    StimulusExpired,
    StimulusHeld,
    StimulusPlanned,
    StimulusQueued,
    StimulusReserved,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.views.board import Board
from cyberex.views.inboxes import Inboxes, ItemStatus
from tests.views.builders import CELLS, MIN, Tape, plan_of, stimulus

PLAN = plan_of(
    stimulus("s01", 0, 2, cells=CELLS, via="mail"),
    stimulus("s02", 1, 5, via="mail"),
    stimulus("s03", 2, 7),
)


def named(id: str, cell: str = "tech") -> dict[str, Any]:
    return {"stimulus": id, "occurrence": f"{id}#1", "cell": cell}


def created(exercise: str = "x1") -> ExerciseCreated:
    return ExerciseCreated(
        exercise=exercise, scenario={}, source="", seed=1, program="", rules=1, created_wall=""
    )


def shown(
    id: str, cell: str = "tech", *, roles: tuple[str, ...] = (), outbox: Outbox = Outbox.PORTAL
) -> tuple[Event, ...]:
    """It left by an outbox and reached this cell."""
    return (
        StimulusLeaving(**named(id, cell), roles=roles, channel="mail", outbox=outbox),
        StimulusDelivered(**named(id, cell), channel="mail"),
    )


def inboxes_of(tape: Tape) -> Inboxes:
    return Board(PLAN).apply_all(tape.records).inboxes


def received(tape: Tape, cell: str = "tech", role: str = "") -> list[str]:
    return [item.stimulus for item in inboxes_of(tape).items(cell, role)]


def test_what_reached_a_cell_is_in_its_inbox_and_in_no_other() -> None:
    tape = Tape().at(2, *shown("s01")).at(5, *shown("s02", "board"))
    assert received(tape, "tech") == ["s01"]
    assert received(tape, "board") == ["s02"]


def test_a_role_sees_what_names_it_and_what_names_nobody() -> None:
    tape = Tape().at(2, *shown("s01", roles=("cio",))).at(5, *shown("s02"))
    assert received(tape, role="cio") == ["s02", "s01"]
    assert received(tape, role="head") == ["s02"]
    assert received(tape) == ["s02", "s01"]


def test_an_item_hidden_from_a_role_cannot_be_found_by_its_key_either() -> None:
    inboxes = inboxes_of(Tape().at(2, *shown("s01", roles=("cio",))))
    key = inboxes.items("tech")[0].key
    assert inboxes.find("tech", key, "cio") is not None
    assert inboxes.find("tech", key, "head") is None
    assert inboxes.find("board", key) is None


def test_a_key_is_opaque_and_differs_with_the_exercise_the_playing_and_the_cell() -> None:
    keys = {
        item.key
        for exercise in ("x1", "x2")
        for cell in CELLS
        for item in inboxes_of(
            Tape().at(0, created(exercise)).at(2, *shown("s01", cell), *shown("s02", cell))
        ).items(cell)
    }
    assert len(keys) == 8
    assert all(len(key) == 12 and set(key) <= set("0123456789abcdef") for key in keys)


NOT_RECEIVED: list[Event] = [
    StimulusPlanned(stimulus="s01", occurrence="s01#1", due_ms=MIN),
    StimulusDue(stimulus="s01", occurrence="s01#1", cells=("tech",)),
    StimulusToPerform(**named("s01"), roles=(), channel="phone"),
    StimulusBlocked(**named("s01"), roles=(), channel="mail", ask=True),
    StimulusLeaving(**named("s01"), roles=(), channel="mail", outbox=Outbox.MAIL),
    StimulusHeld(stimulus="s01", occurrence="s01#1"),
    StimulusQueued(stimulus="s01", occurrence="s01#1"),
    StimulusSkipped(stimulus="s01", occurrence="s01#1", reason=SkipReason.DIRECTOR),
    StimulusReserved(stimulus="s01", occurrence="s01#1"),
    StimulusExpired(stimulus="s01", occurrence="s01#1"),
    StimulusEdited(stimulus="s01", occurrence="s01#1", text=TextRef("t")),
    StimulusAcknowledged(**named("s01")),
    StimulusDealtWith(**named("s01")),
    DeliveryWithdrawn(**named("s01")),
]


@given(st.lists(st.sampled_from(NOT_RECEIVED), max_size=8))
@settings(max_examples=50, deadline=None)
def test_nothing_that_was_not_delivered_is_ever_in_an_inbox(events: list[Event]) -> None:
    assert received(Tape().at(2, *events)) == []


def test_what_is_delivered_by_mistake_leaves_the_inbox_and_comes_back_unread() -> None:
    tape = Tape().at(2, *shown("s01")).at(3, StimulusAcknowledged(**named("s01")))
    assert received(tape.at(4, DeliveryWithdrawn(**named("s01")))) == []
    (item,) = inboxes_of(
        tape.at(5, StimulusToPerform(**named("s01"), roles=(), channel="phone")).at(
            6, StimulusDelivered(**named("s01"), channel="phone", answered_by="cio")
        )
    ).items("tech")
    assert (item.status, item.by_portal, item.kind) == (ItemStatus.UNREAD, False, "phone")
    assert (item.answered_by, item.delivered_ms) == ("cio", 6 * MIN)


def test_the_unread_come_first_then_the_newest() -> None:
    tape = Tape().at(2, *shown("s01")).at(5, *shown("s02")).at(7, *shown("s03"))
    assert received(tape.at(8, StimulusAcknowledged(**named("s02")))) == ["s03", "s01", "s02"]


def test_an_item_says_who_read_it_and_dealt_with_it_and_when() -> None:
    tape = Tape().at(2, *shown("s01"))
    read = Acknowledge(stimulus="s01", cell="tech")
    tape.by(3, "r1", StimulusAcknowledged(**named("s01")), command=read)
    done = DealWith(stimulus="s01", cell="tech")
    tape.by(4, "r2", StimulusDealtWith(**named("s01")), command=done)
    tape.records[-1] = replace(tape.records[-1], request=Request("r2", "cio", "portal", done))
    (item,) = inboxes_of(tape).items("tech")
    assert item.status is ItemStatus.DEALT_WITH
    assert (item.acknowledged_by, item.acknowledged_wall) == (
        "director",
        "2026-03-02T09:03:00+00:00",
    )
    assert (item.dealt_with_by, item.dealt_with_wall) == ("cio", "2026-03-02T09:04:00+00:00")


def test_an_item_keeps_the_text_that_the_cell_received() -> None:
    names: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1"}
    tape = Tape().at(1, StimulusEdited(**names, title=TextRef("new"), text=TextRef("first")))
    tape.at(2, *shown("s01")).at(3, StimulusEdited(**names, text=TextRef("second")))
    (item,) = inboxes_of(tape).items("tech")
    assert (item.title, item.text, item.sender) == ("new", "first", "soc")


def test_what_the_portal_shows_and_nobody_reads_is_late_after_three_minutes() -> None:
    tape = Tape().at(2, *shown("s01"))
    tape.at(
        2, *shown("s02", outbox=Outbox.MAIL), StimulusDelivered(**named("s03"), channel="phone")
    )
    inboxes = inboxes_of(tape)
    assert inboxes.late_of("tech", 5 * MIN) == ()
    assert [item.stimulus for item in inboxes.late_of("tech", 5 * MIN + 1)] == ["s01"]
    assert inboxes.late_of("board", 60 * MIN) == ()
    tape.at(6, StimulusAcknowledged(**named("s01")))
    assert inboxes_of(tape).late_of("tech", 60 * MIN) == ()
