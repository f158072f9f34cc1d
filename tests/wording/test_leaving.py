"""What leaves by itself, who may look and what players write, said to a person."""

import ast
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from cyberex.facts import delivery_events as sent
from cyberex.facts.model import AccessKind, CellLineKind, Event, Outbox, Recorded, TestWay, TextRef
from cyberex.facts.people import Person
from cyberex.views.log import Log
from cyberex.views.log_lines import Category
from cyberex.wording import leaving
from cyberex.wording.names import Names
from cyberex.wording.refusals import sentence
from cyberex.wording.sentences import sentence_of
from tests.views.builders import MIN, plan_of, stimulus

ROOT = Path(__file__).parents[2]
PEOPLE = [Person(id="p1", function="Head of IT", name="Ada Byron", voice="ada")]
NAMES = Names(plan_of(stimulus("s01", 0, 2)), PEOPLE)
TEXTS = {"t": "cut the link", "o": "Ada\x1b[31m"}
S01: dict[str, Any] = {"stimulus": "s01", "occurrence": "s01#1", "cell": "tech"}
MAIL: dict[str, Any] = {"roles": (), "channel": "mail", "outbox": Outbox.MAIL}
ACTION = sent.CellLineWritten(
    line="l1", cell="tech", kind=CellLineKind.ACTION, text=TextRef("t"), owner=TextRef("o"),
    due="10:30",
)  # fmt: skip


def log_of(*events: Event) -> Log:
    log = Log()
    for seq, event in enumerate(events, 1):
        log.apply(Recorded(seq, seq * MIN, "2026-03-02T09:00:00Z", f"r{seq}", event))
    return log


def said(event: Event) -> list[str]:
    def text(ref: TextRef) -> str:
        return TEXTS.get(ref, "")

    return [sentence_of(line, NAMES, text) for line in log_of(event).lines]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (leaving.outbox, Outbox),
        (leaving.access_kind, AccessKind),
        (leaving.contact_way, TestWay),
        (leaving.cell_line_kind, CellLineKind),
    ],
)
def test_every_kind_has_words_of_its_own(words: Any, kinds: type[Enum]) -> None:
    assert len({words(kind) for kind in kinds}) == len(kinds)


def test_what_the_portal_shows_at_once_is_told_by_its_delivery_alone() -> None:
    assert said(sent.StimulusLeaving(**S01, **{**MAIL, "outbox": Outbox.PORTAL})) == []
    assert len(said(sent.StimulusLeaving(**S01, **MAIL))) == 1


def test_a_channel_taken_instead_of_another_is_told_whatever_the_outbox() -> None:
    instead = {**MAIL, "outbox": Outbox.PORTAL, "instead_of": "phone"}
    (line,) = said(sent.StimulusLeaving(**S01, **instead))
    assert "Mail" in line
    assert "Phone" in line


def test_only_the_first_of_many_attempts_that_will_be_made_again_is_told() -> None:
    lines = [
        said(sent.DeliveryFailed(**S01, attempt=attempt, code="timeout", again=again))
        for attempt, again in ((1, True), (2, True), (3, False))
    ]
    assert [len(line) for line in lines] == [1, 0, 1]
    assert lines[0] != lines[2]


def test_a_code_of_failure_that_nobody_foresaw_is_shown_harmless() -> None:
    assert leaving.failure("smtp\x1b[2J") == "smtp\N{REPLACEMENT CHARACTER}[2J"
    assert leaving.failure("timeout") != "timeout"


def test_a_refusal_of_the_server_keeps_its_number() -> None:
    later, never = leaving.failure("smtp-451"), leaving.failure("smtp-550")
    assert "451" in later
    assert "550" in never
    assert later.replace("451", "550") != never


def codes() -> Iterator[str]:
    """Those of the failures that the sources of the delivery name."""
    for path in sorted((ROOT / "cyberex" / "delivery").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Failed":
                for value in node.args[:1]:
                    if isinstance(value, ast.Constant):
                        yield str(value.value)


def test_every_failure_that_the_delivery_names_has_words() -> None:
    named = set(codes())
    assert "no-address" in named
    assert named <= set(leaving.FAILURES)


def test_those_whose_address_was_refused_are_named() -> None:
    assert said(sent.DeliverySucceeded(**S01, attempt=1)) == []
    (line,) = said(sent.DeliverySucceeded(**S01, attempt=1, refused=("p1",)))
    assert "Ada Byron" in line


def test_a_line_of_a_cells_log_tells_who_does_it_and_for_when_then_the_text() -> None:
    (line,) = said(ACTION)
    assert "(Ada\N{REPLACEMENT CHARACTER}[31m, " in line
    assert "10:30" in line
    assert line.endswith(": cut the link")


def test_what_players_write_is_found_by_cell_and_by_heading() -> None:
    other = sent.CellLineWritten(line="l2", cell="board", kind=CellLineKind.FACT, text=TextRef("t"))
    log = log_of(ACTION, other)
    assert [line.seq for line in log.search(cell="tech", category=Category.CELL_LOG)] == [1]


def test_whoever_took_a_call_is_named_in_the_refusal() -> None:
    told = sentence("already-claimed", {"stimulus": "s01#1", "voice": "ada"}, NAMES)
    assert "S01" in told
    assert "Ada Byron" in told
