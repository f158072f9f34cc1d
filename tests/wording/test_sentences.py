"""What happened, said to a person: every line of the log has a sentence of its own."""

from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from cyberex.facts import animation_events as animation
from cyberex.facts import commands as ask
from cyberex.facts import delivery_events as sent
from cyberex.facts import exercise_events as life
from cyberex.facts import stimulus_events as moves
from cyberex.facts import world_events as world
from cyberex.facts.command_list import COMMANDS
from cyberex.facts.events import EVENTS
from cyberex.facts.model import (
    CallOutcome,
    Command,
    Event,
    NoteKind,
    Outbox,
    PlannedBy,
    Recorded,
    Request,
    SkipReason,
    TextRef,
    Tick,
)
from cyberex.facts.people import Person
from cyberex.plan.model import Plan, PlannedJump
from cyberex.views.contacts import Contact
from cyberex.views.log import Log
from cyberex.views.log_lines import CATEGORIES, LogLine
from cyberex.wording.names import Names
from cyberex.wording.sentences import COMMAND_WORDS, TELLERS, command_name, describe, sentence_of
from tests.views.builders import MIN, plan_of, stimulus

PLAN: Plan = plan_of(stimulus("s01", 0, 2))
NAMES = Names(PLAN)
TEXTS = {"n": "seen\x1b[31m at\nthe desk"}
ISO = "2026-03-02T09:00:00Z"
NEWS: dict[type[Event], Any] = {
    moves.StimulusPlanned: {"why": PlannedBy.AGAIN},
    sent.StimulusLeaving: {"outbox": Outbox.MAIL},
    sent.DeliveryFailed: {"again": False},
    sent.DeliverySucceeded: {"refused": ("p1",)},
}
"""What makes a line of an event that is not always worth one."""
LOGGED = [EVENTS[name] for name in CATEGORIES]


def text(ref: TextRef) -> str:
    return TEXTS.get(ref, "")


def filled(hint: Any) -> Any:
    """Any value of this type."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if get_origin(hint) is None and isinstance(hint, type):
        return {str: ISO, int: 60_000, float: 1.0, bool: True}.get(hint, ISO)
    if get_origin(hint) is tuple:
        return ()
    if type(None) in get_args(hint):
        return filled(get_args(hint)[0])
    return ISO


def any_event(kind: type[Event]) -> Event:
    hints = get_type_hints(kind)
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    return kind(**{name: filled(hints[name]) for name in needed if name != "deadlines"})


def line_of(*events: Event) -> LogLine:
    """The line that the last of these events makes."""
    log = Log()
    for seq, event in enumerate(events, 1):
        log.apply(Recorded(seq, seq * MIN, ISO, f"r{seq}", event))
    return log.lines[-1]


def said(*events: Event) -> str:
    return sentence_of(line_of(*events), NAMES, text)


@pytest.mark.parametrize("kind", LOGGED, ids=lambda kind: kind.name)
def test_every_event_that_makes_a_line_has_a_sentence_of_its_own(kind: type[Event]) -> None:
    event = replace(any_event(kind), **NEWS.get(kind, {}))
    sentence = said(event)
    assert sentence
    assert event.name not in sentence


def test_no_sentence_is_kept_for_an_event_that_makes_no_line() -> None:
    assert {kind.name for kind in TELLERS} == set(CATEGORIES)


def test_two_events_are_not_said_alike() -> None:
    skip = moves.StimulusSkipped(stimulus="s01", occurrence="s01#1", reason=SkipReason.DIRECTOR)
    drop = moves.StimulusSkipped(stimulus="s01", occurrence="s01#1", reason=SkipReason.JUMP)
    assert said(skip) != said(drop)


def test_what_was_typed_follows_on_one_harmless_line() -> None:
    note = world.NoteAdded(note="n1", text=TextRef("n"), kind=NoteKind.FACT)
    assert said(note).endswith(": seen\N{REPLACEMENT CHARACTER}[31m at the desk")


def test_a_stimulus_is_told_with_its_code_and_the_title_of_the_author() -> None:
    held = moves.StimulusHeld(stimulus="s01", occurrence="s01#1")
    assert "S01 title of s01" in said(held)


def test_a_title_that_the_director_typed_replaces_the_authors() -> None:
    held = moves.StimulusHeld(stimulus="s01", occurrence="s01#1")
    sentence = sentence_of(line_of(held), NAMES, text, title=lambda _: "New title")
    assert "S01 New title" in sentence


def test_an_hour_of_the_room_is_said_on_the_rooms_clock() -> None:
    free = life.HardEndSet(room_until="2026-03-02T11:00:00+00:00")
    zone = timezone(timedelta(hours=1))
    assert "12:00" in sentence_of(line_of(free), NAMES, text, zone=zone)


def test_a_jump_without_a_title_is_told_by_the_hour_of_the_fiction() -> None:
    jump = PlannedJump("j1", 0, 5 * MIN, datetime(2026, 1, 12, 14), "", "Bulletin")
    names = Names(plan_of(jumps=(jump,)))
    for event in (
        life.JumpPrepared(jump="j1"),
        life.JumpMade(jump="j1", fiction=ISO, variant=-1),
        life.JumpShifted(jump="j1", due_ms=0),
    ):
        assert sentence_of(line_of(event), names, text).endswith("lundi 14:00")


def test_a_colon_is_written_as_the_french_do() -> None:
    settled = world.DecisionSettled(decision="d1", outcome="yes")
    assert said(settled) == "décidé\u00a0: yes (d1)"
    failed = moves.CallFailed(
        stimulus="s01", occurrence="s01#1", cell="crisis", outcome=CallOutcome.BUSY, back_ms=None
    )
    assert "\u00a0: " in said(failed)


def test_a_reaction_is_told_with_the_code_of_what_it_answers() -> None:
    late = moves.ExpectationExpired(stimulus="s01", occurrence="s01#1", expectation="s01-facts")
    assert said(late).endswith("S01 s01-facts")


def test_several_moved_at_once_are_counted() -> None:
    shifted = [
        moves.StimulusShifted(stimulus="s01", occurrence=f"s01#{n}", from_ms=0, due_ms=MIN)
        for n in (1, 2)
    ]
    log = Log()
    for seq, event in enumerate(shifted, 1):
        log.apply(Recorded(seq, MIN, ISO, "r1", event))
    assert "(2 " in sentence_of(log.lines[0], NAMES, text)


def test_an_undoing_names_what_was_withdrawn() -> None:
    log = Log()
    asked = Request("r1", "director", "console", ask.HoldStimulus(stimulus="s01"))
    held = moves.StimulusHeld(stimulus="s01", occurrence="s01#1")
    log.apply(Recorded(1, MIN, ISO, "r1", held, asked))
    undone = life.CommandUndone(undoes="r1")
    log.apply(Recorded(2, MIN, ISO, "r2", undone))
    assert command_name("stimulus.hold") in sentence_of(log.lines[-1], NAMES, text)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_words(name: str) -> None:
    assert command_name(name) != name


def test_no_words_are_kept_for_a_command_that_is_gone() -> None:
    assert set(COMMAND_WORDS) == set(COMMANDS)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (ask.SkipStimulus(stimulus="s01"), "S01 title of s01"),
        (ask.ReachMilestone(milestone="crisis"), "Crisis declared"),
        (ask.AddNote(text=TextRef("n")), "at the desk"),
    ],
)
def test_a_request_is_described_with_what_it_was_about(command: Command, what: str) -> None:
    request = Request("r1", "director", "console", command)
    assert what in describe(request, NAMES, text)


def test_people_are_called_by_name_on_screens_and_by_function_on_papers() -> None:
    people = [Person(id="p1", function="Head of IT", name="Ada Byron")]
    assert Names(PLAN, people).who("p1") == "Ada Byron"
    assert Names(PLAN, people, by_function=True).who("p1") == "Head of IT"


@pytest.mark.parametrize("by", ["portal", "mail"])
def test_what_asks_by_itself_is_named_in_words(by: str) -> None:
    assert Names(PLAN).asker(by) not in (by, "")
    assert Names(PLAN).asker("x9") == "x9"


def test_what_nobody_knows_is_shown_as_it_is_and_harmless() -> None:
    assert NAMES.cell("x\x1b[2Jy") == "x\N{REPLACEMENT CHARACTER}[2Jy"


LOGGED_CONTACT = world.ContactLogged(
    contact="c1", actor="soc", cell="tech", channel="mail", text=TextRef(""), refused=False
)


def of_players(origin: str, channel: str) -> Contact:
    return Contact("c1", 1, 0, ISO, "soc", "tech", channel, TextRef(""), False, origin=origin)


@pytest.mark.parametrize(
    ("origin", "channel", "expected"),
    [
        ("console", "phone", "appel à SOC"),
        ("portal", "mail", "message à SOC"),
        ("portal", "phone", "demande d'appel à SOC"),
    ],
)
def test_what_players_wrote_is_no_call(origin: str, channel: str, expected: str) -> None:
    logged = replace(LOGGED_CONTACT, channel=channel)
    known = of_players(origin, channel)
    said = sentence_of(line_of(logged), NAMES, text, contact=lambda _: known)
    assert said == expected


@pytest.mark.parametrize(
    ("origin", "expected"), [("console", "rappel fait par SOC"), ("portal", "réponse donnée par")]
)
def test_a_call_back_names_who_gave_it(origin: str, expected: str) -> None:
    known = of_players(origin, "mail")
    answered = animation.ContactAnswered(contact="c1")
    assert expected in sentence_of(line_of(answered), NAMES, text, contact=lambda _: known)


def test_what_is_undone_is_said_by_words_that_follow_a_colon() -> None:
    tick = ask.TickExpectation(expectation="e1", result=Tick.SEEN)
    assert describe(Request("r1", "director", "console", tick), NAMES, text).startswith("coché – ")
