"""A recorded event is one line of JSON that no terminal can spoil."""

import json

from cyberex.exercise.lines import line_of
from cyberex.facts.model import CLOCK, Recorded
from cyberex.facts.stimulus_events import StimulusDue

RECORDED = Recorded(
    seq=12,
    sim_ms=300_000,
    wall_at="2026-01-12T08:05:00.000Z",
    cause=CLOCK,
    event=StimulusDue(stimulus="s01", occurrence="s01#1", cells=("crisis", "soins-é")),
)


def test_a_line_holds_the_envelope_then_what_the_event_names() -> None:
    assert list(json.loads(line_of(RECORDED)).items()) == [
        ("seq", 12),
        ("sim_ms", 300_000),
        ("wall_at", "2026-01-12T08:05:00.000Z"),
        ("event", "stimulus.due"),
        ("version", 1),
        ("cause", "clock"),
        ("stimulus", "s01"),
        ("occurrence", "s01#1"),
        ("cells", ["crisis", "soins-é"]),
    ]


def test_a_line_is_one_line_of_ascii() -> None:
    assert line_of(RECORDED).isascii()
    assert "\n" not in line_of(RECORDED)
