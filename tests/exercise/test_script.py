"""A script is read whole, and every mistake in it is told before anything is played."""

import json

import pytest

from cyberex.exercise.script import read_script
from cyberex.facts.commands import AddNote, Advance, Extend, Resume, ShiftStimulus, SkipStimulus
from cyberex.facts.model import TextRef


def test_a_line_acts_at_an_exercise_instant() -> None:
    script, problems = read_script(
        '{"at": "T+12", "command": "stimulus.skip", "stimulus": "s03"}', "s.jsonl"
    )
    assert not problems
    assert script.lines[0].at_ms == 720_000
    assert script.lines[0].command == SkipStimulus(stimulus="s03")


def test_a_line_may_wait_in_wall_time() -> None:
    script, problems = read_script('{"wait": "1 h", "command": "exercise.resume"}', "s.jsonl")
    assert not problems
    assert (script.lines[0].wait_ms, script.lines[0].command) == (3_600_000, Resume())


def test_a_text_is_written_as_it_is() -> None:
    script, problems = read_script(
        '{"command": "note.add", "text": "Le SAMU a rappelé"}', "s.jsonl"
    )
    assert not problems
    assert script.lines[0].command == AddNote(text=TextRef("Le SAMU a rappelé"))


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ('{"command": "exercise.advance", "to": "T+20"}', Advance(to_ms=1_200_000)),
        ('{"command": "exercise.advance", "to_ms": 5}', Advance(to_ms=5)),
        ('{"command": "exercise.extend", "by": "10 min"}', Extend(by_ms=600_000)),
        (
            '{"command": "stimulus.shift", "stimulus": "s1", "by": "-5 min"}',
            ShiftStimulus(stimulus="s1", by_ms=-300_000),
        ),
    ],
)
def test_times_of_commands_may_be_written_as_times(line: str, command: object) -> None:
    script, problems = read_script(line, "s.jsonl")
    assert not problems
    assert script.lines[0].command == command


def test_blank_lines_and_remarks_are_passed() -> None:
    script, problems = read_script('\n# la pause\n{"command": "exercise.pause"}\n', "s.jsonl")
    assert not problems
    assert [line.number for line in script.lines] == [3]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ('{"at": "T+12", "command": ', 27, "script-json"),
        ("[1, 2]", 1, "script-json"),
        ("[" * 100_000, 1, "script-json"),
        ('{"at": "T+1:30", "command": "exercise.pause"}', 2, "time-two-parts"),
        ('{"at": "09:02", "command": "exercise.pause"}', 2, "script-time"),
        ('{"at": 12, "command": "exercise.pause"}', 2, "script-time"),
        ('{"wait": "soon", "command": "exercise.pause"}', 2, "time-unreadable"),
        ('{"at": "T+1", "wait": "1 h", "command": "exercise.pause"}', 15, "script-at-and-wait"),
        ('{"at": "T+1"}', 1, "script-command"),
        ('{"at": "T+1", "command": "stimulus.skp", "stimulus": "s1"}', 15, "script-command"),
        ('{"command": "stimulus.skip", "stimulus": 3}', 30, "script-command"),
        ('{"command": "stimulus.skip", "stimulus": "s1", "now": true}', 48, "script-command"),
        ('{"command": "exercise.report_gap", "gap_ms": 3}', 2, "script-command"),
        ('{"command": "exercise.advance", "to": "lundi"}', 33, "time-unreadable"),
        ('{"command": "exercise.advance", "to_ms": %s}' % ("9" * 5_000), 1, "script-json"),
        ('{"command": "exercise.advance", "to_ms": 9223372036854775808}', 33, "script-time"),
        ('{"command": "exercise.extend", "by_ms": -99999999999999}', 32, "script-time"),
        ('{"command": "exercise.catch_up", "hours": {"s1": 99999999999999}}', 34, "script-time"),
        ('{"command": "exercise.set_speed", "rate": NaN}', 1, "script-json"),
        ('{"command": "note.add", "text": "half \\ud83d"}', 1, "script-json"),
        ('{"command": "exercise.set_hard_end", "room_until": "noon"}', 38, "script-time"),
        ('{"command": "note.add", "text": "", "about_wall": "noon"}', 37, "script-time"),
    ],
)
def test_a_mistake_is_told_at_its_place(line: str, column: int, code: str) -> None:
    script, problems = read_script("\n" + line, "s.jsonl")
    assert script.lines == ()
    assert [(item.line, item.column, item.code) for item in problems] == [(2, column, code)]


def test_a_line_ends_where_json_lines_end() -> None:
    text = "une ligne\u2028puis\u0085une autre"
    line = json.dumps({"command": "note.add", "text": text}, ensure_ascii=False)
    script, problems = read_script(f"{line}\r\n{line}\n", "s.jsonl")
    assert not problems
    assert [line.command for line in script.lines] == [AddNote(text=TextRef(text))] * 2


def test_lines_out_of_order_are_a_mistake() -> None:
    _script, problems = read_script(
        '{"at": "T+12", "command": "exercise.pause"}\n{"at": "T+5", "command": "exercise.resume"}',
        "s.jsonl",
    )
    assert [(item.line, item.code) for item in problems] == [(2, "script-order")]


def test_every_mistake_is_told_at_once() -> None:
    _script, problems = read_script('{"command": "x"}\nnonsense\n{"at": "T+1"}', "s.jsonl")
    assert [item.line for item in problems] == [1, 2, 3]
