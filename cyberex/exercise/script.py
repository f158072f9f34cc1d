"""Read a script: what a director who plays without a screen does, and when. One JSON object a line.

`{"at": "T+12", "command": "stimulus.skip", "stimulus": "s03"}` acts at an exercise instant, after
all that is due then; `{"wait": "1 h", "command": "exercise.resume"}` that long, in wall time, after
the line before. Without either, right after the line before. Lines are done in order.

Fields are the command's own. Beside `to_ms` and `by_ms`, `"to": "T+20"` and `"by": "-5 min"` are
accepted. Texts are written as they are.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cyberex.facts.codec import CodecError, command_from_json, command_to_json
from cyberex.facts.commands import Advance, Extend, ShiftStimulus
from cyberex.facts.model import Command
from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.times import Relative, TimeError, parse_duration, parse_instant
from cyberex.times.reading import LONGEST_MS

_LINE_END = re.compile("\r\n|\r|\n")
_HOURS_OF_THE_ROOM = ("room_at", "room_until", "about_wall")

ENGINE_ONLY = frozenset({"exercise.report_gap"})


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """`at_ms` or `wait_ms`, or neither; the texts in `command` are not said yet."""

    number: int
    command: Command
    at_ms: int | None = None
    wait_ms: int | None = None

    @property
    def id(self) -> str:
        """Of the request it becomes: the same for the same line, so that it is done once."""
        written = [self.at_ms, self.wait_ms, command_to_json(self.command)]
        digest = hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
        return f"script-{self.number}-{digest[:6]}"


@dataclass(frozen=True, slots=True)
class Script:
    """Lines in the order in which they are done."""

    lines: tuple[ScriptLine, ...] = ()

    @property
    def first_ms(self) -> int | None:
        """The earliest exercise instant that a line names."""
        return min((line.at_ms for line in self.lines if line.at_ms is not None), default=None)


def read_script(text: str, path: str) -> tuple[Script, list[Problem]]:
    """The script and every mistake in it. Blank lines and lines that begin with # are passed."""
    lines: list[ScriptLine] = []
    problems: list[Problem] = []
    last_ms: int | None = None
    for number, source in enumerate(_LINE_END.split(text), start=1):
        if not source.strip() or source.lstrip().startswith("#"):
            continue
        reading = _LineReading(path, number, source, problems)
        line = reading.read()
        if line is None:
            continue
        if line.at_ms is not None and last_ms is not None and line.at_ms < last_ms:
            reading.wrong("at", "script-order", _("this line comes before the one above it"))
        last_ms = line.at_ms if line.at_ms is not None else last_ms
        lines.append(line)
    return Script(tuple(lines)), problems


class _LineReading:
    def __init__(self, path: str, number: int, source: str, problems: list[Problem]) -> None:
        self._path = path
        self._number = number
        self._source = source
        self._problems = problems

    def read(self) -> ScriptLine | None:
        known = len(self._problems)
        fields = self._object()
        if fields is None:
            return None
        if "at" in fields and "wait" in fields:
            self.wrong("wait", "script-at-and-wait", _("a line has 'at' or 'wait', not both"))
        at_ms = self._instant("at", fields.pop("at")) if "at" in fields else None
        wait_ms = self._duration("wait", fields.pop("wait")) if "wait" in fields else None
        command = self._command(fields)
        if command is None or len(self._problems) > known:
            return None
        return ScriptLine(self._number, command, at_ms, wait_ms)

    def wrong(self, key: str, code: str, message: str, hint: str = "") -> None:
        """A problem at `key` of this line; at its beginning if it is not there."""
        quoted = json.dumps(key)
        found = self._source.find(quoted) if key else -1
        width = len(quoted) if found >= 0 else 1
        self._add(max(found, 0) + 1, code, message, hint, width)

    def _add(self, column: int, code: str, message: str, hint: str, width: int = 1) -> None:
        self._problems.append(
            Problem(
                self._path,
                self._number,
                column,
                code,
                message,
                hint=hint,
                source=self._source,
                width=width,
            )
        )

    def _object(self) -> dict[str, Any] | None:
        try:
            value = json.loads(self._source, parse_constant=_no_number)
            # Half a character, from a broken copy, could not be written anywhere.
            json.dumps(value, ensure_ascii=False).encode()
        except json.JSONDecodeError as error:
            message = _("this line is not JSON: {detail}").format(detail=error.msg)
            self._add(error.colno, "script-json", message, _example())
            return None
        except RecursionError:
            self._add(1, "script-json", _("this line is nested too deeply"), _example())
            return None
        except ValueError:
            message = _("this line holds a number or a character that cannot be kept")
            self._add(1, "script-json", message, _example())
            return None
        if not isinstance(value, dict):
            self._add(1, "script-json", _("this line is not a JSON object"), _example())
            return None
        return value

    def _instant(self, key: str, value: Any) -> int | None:
        if isinstance(value, str):
            try:
                instant = parse_instant(value)
            except TimeError as error:
                self.wrong(key, error.code, error.message, error.hint)
                return None
            if isinstance(instant, Relative):
                return instant.sim_ms
        message = _("'{key}' takes an exercise time, not '{value}'").format(key=key, value=value)
        self.wrong(key, "script-time", message, _("write T+12 (minutes), T+0:02:30 or T-10"))
        return None

    def _duration(self, key: str, value: Any, *, signed: bool = False) -> int | None:
        text = value.strip() if isinstance(value, str) else ""
        back = signed and text[:1] in ("-", "−")
        try:
            length_ms = parse_duration(text[1:] if back else text)
        except TimeError as error:
            self.wrong(key, error.code, error.message, error.hint)
            return None
        return -length_ms if back else length_ms

    def _command(self, fields: dict[str, Any]) -> Command | None:
        name = fields.get("command")
        if name is None:
            message = _("this line has no 'command'")
            self.wrong("", "script-command", message, _example())
            return None
        fields = self._with_ms(name, fields)
        self._check_times(fields)
        try:
            command = command_from_json(fields)
        except CodecError as error:
            key = _named_key(str(error), fields)
            self.wrong(key, "script-command", str(error), _example())
            return None
        if command.name in ENGINE_ONLY:
            message = _("'{command}' is not for scripts").format(command=command.name)
            self.wrong("command", "script-command", message)
            return None
        return command

    def _check_times(self, fields: Mapping[str, Any]) -> None:
        for key, value in fields.items():
            if any(abs(number) > LONGEST_MS for number in _whole_numbers(value)):
                message = _("'{key}' is out of range").format(key=key)
                self.wrong(key, "script-time", message, _("at most 30 days, in milliseconds"))
            elif key in _HOURS_OF_THE_ROOM and value and not _is_hour(value):
                message = _("'{key}' takes an hour of the room").format(key=key)
                self.wrong(key, "script-time", message, _("write 2026-01-12T11:30:00Z"))

    def _with_ms(self, name: str, fields: dict[str, Any]) -> dict[str, Any]:
        """`to` and `by`, where the command has `to_ms` or `by_ms`, as milliseconds."""
        if name == Advance.name and "to" in fields:
            return _replaced(fields, "to", self._instant("to", fields["to"]))
        if name in (Extend.name, ShiftStimulus.name) and "by" in fields:
            return _replaced(fields, "by", self._duration("by", fields["by"], signed=True))
        return fields


def _replaced(fields: Mapping[str, Any], key: str, value_ms: int | None) -> dict[str, Any]:
    rest = {name: value for name, value in fields.items() if name != key}
    return {**rest, f"{key}_ms": value_ms or 0}


def _named_key(message: str, fields: Mapping[str, Any]) -> str:
    """The field that a codec's message speaks of."""
    named = [key for key in fields if repr(key) in message]
    return named[-1] if named else "command"


def _example() -> str:
    return '{"at": "T+12", "command": "stimulus.skip", "stimulus": "s03"}'


def _no_number(text: str) -> float:
    raise ValueError(text)


def _whole_numbers(value: Any) -> Iterator[int]:
    """`value` itself, or what it holds: no command goes deeper."""
    items = value.values() if isinstance(value, dict) else value
    for item in items if isinstance(value, dict | list) else [value]:
        if isinstance(item, int):
            yield item


def _is_hour(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
