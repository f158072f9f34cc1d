"""From YAML text to plain lists, mappings and strings, with the place of each; one pass.

Every scalar stays the string that the author wrote (YAML 1.1 reads `12:30` as 750 and `no` as
False). What could surprise or harm is refused: tags, anchors, aliases, duplicate keys, several
documents, great depth. Reading stops at the depth, because the C composer crashes on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from cyberex.i18n import _
from cyberex.problems import Problem, Severity
from cyberex.scenario.reading import forbidden_in, line_starts, read_file, split_lines
from cyberex.scenario.source import Branch, Mark, PathTuple, SourceMap
from cyberex.scenario.syntax import missing_dash, syntax_problem

MAX_DEPTH = 40
MAX_PROBLEMS = 200
# In one list or one mapping: more is no exercise, and each could be a mistake to type and tell.
MAX_ITEMS = 20_000
# Texts that people read: elsewhere a ` #` is a comment without any doubt.
PROSE_KEYS = frozenset(
    [
        *("title", "text", "synopsis", "bulletin", "briefing_text", "brief", "remarks"),
        *("if_stuck", "place", "rules", "variables", "function", "name", "description"),
    ]
)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LOST_TEXT = re.compile(r"[ \t]+#[^\W_]").match
_EMPTY = frozenset(["", "~", "null", "Null", "NULL"])

Value = dict[str, Any] | list[Any] | str


@dataclass(frozen=True, slots=True)
class Located:
    """The author's data, its places and what is wrong; `data` is None if nothing can be made."""

    data: dict[str, Any] | None
    source: SourceMap
    problems: list[Problem]


class _StopError(Exception):
    """Nothing after this place can be understood; its problem is already collected."""


@dataclass(slots=True)
class _Frame:
    """A list or a mapping being filled."""

    branch: Branch
    data: Any
    flow: bool
    key: str | None = None
    key_start: int = -1
    key_end: int = -1


@dataclass(slots=True)
class _Builder:
    source: SourceMap
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    root: Branch | None = None
    data: Any = None
    documents: int = 0

    def build(self, events: Iterator[Any]) -> None:
        """Read `events` to the end or to the first place after which nothing makes sense."""
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.scalar(event)
            elif kind is yaml.MappingStartEvent:
                self.open(event, {}, {})
            elif kind is yaml.SequenceStartEvent:
                self.open(event, [], [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close()
            elif kind is yaml.AliasEvent:
                self.refuse_alias(event)
            elif kind is yaml.DocumentStartEvent:
                self.open_document(event)

    def told(self, mark: Mark | None, code: str, message: str, hint: str = "") -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopError
        self.problems.append(self.source.problem_at(mark, code=code, message=message, hint=hint))

    def path(self) -> PathTuple:
        """Where the next value will stand."""
        segments: list[str | int] = []
        for frame in self.stack:
            if isinstance(frame.data, list):
                # What is being filled is already in its list.
                segments.append(len(frame.data) - (frame is not self.stack[-1]))
            else:
                segments.append(frame.key or "")
        return tuple(segments)

    def open_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.told(
                _mark(event),
                "several-documents",
                _("the file holds a second document after '---'"),
                _("keep one scenario a file and delete the line '---'"),
            )
            raise _StopError

    def refuse_properties(self, event: Any) -> None:
        """Tags and anchors: never needed, and the way to most attacks on YAML readers."""
        if event.tag is not None:
            self.told(
                _mark(event),
                "tag",
                _("'!' begins a YAML tag, which is not allowed"),
                _("add quotes if the text really begins with '!'"),
            )
        if event.anchor is not None:
            self.told(
                _mark(event),
                "anchor",
                _("'&{name}' is a YAML anchor, which is not allowed").format(name=event.anchor),
                _("write the value again where it is needed, or add quotes"),
            )

    def refuse_alias(self, event: Any) -> None:
        self.told(
            _mark(event),
            "alias",
            _("'*{name}' is a YAML alias, which is not allowed").format(name=event.anchor),
            _("write the value again, or add quotes if the text really begins with '*'"),
        )
        if self.waits_for_key():
            raise _StopError
        self.source.told.add(self.path())
        self.place(Branch(event.start_mark.index, event.end_mark.index, None), "")

    def waits_for_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].data, dict) and not self.stack[-1].key

    def open(self, event: Any, data: Any, children: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.refuse_properties(event)
        if len(self.stack) >= MAX_DEPTH:
            self.told(
                _mark(event),
                "too-deep",
                _("more than {limit} levels of nesting").format(limit=MAX_DEPTH),
                _("check the brackets and the indentation"),
            )
            raise _StopError
        if self.waits_for_key():
            self.told(
                _mark(event),
                "complex-key",
                _("a key must be a word"),
                _("add quotes around a text that begins with '{' or '['"),
            )
            raise _StopError
        branch = Branch(event.start_mark.index, -1, children)
        self.place(branch, data)
        self.stack.append(_Frame(branch, data, bool(event.flow_style)))

    def place(self, branch: Branch, data: Any) -> None:
        """Put a value where it belongs; a text frees its key, a block does when it closes."""
        if not self.stack:
            self.root, self.data = branch, data
            return
        frame = self.stack[-1]
        children: Any = frame.branch.children
        if len(children) >= MAX_ITEMS:
            self.told(
                self.source.span(branch.start, branch.end),
                "too-many-items",
                _("more than {limit} items in one place").format(limit=MAX_ITEMS),
            )
            raise _StopError
        if isinstance(frame.data, list):
            frame.data.append(data)
            children.append(branch)
            return
        branch.key_start, branch.key_end = frame.key_start, frame.key_end
        frame.data[frame.key] = data
        children[frame.key] = branch
        if not isinstance(data, (dict, list)):
            frame.key = None

    def close(self) -> None:
        """Leave a list or a mapping; the key that held it is free for the next one."""
        self.stack.pop()
        if self.stack:
            self.stack[-1].key = None

    def scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.refuse_properties(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key is None and isinstance(frame.data, dict):
            self.key(frame, event)
            return
        value: str = event.value
        branch = Branch(event.start_mark.index, event.end_mark.index, None)
        if not event.style:  # None in pure Python, an empty string in C
            if value in _EMPTY:
                self.empty(frame, event)
            elif frame is not None:
                self.look_after(event)
        elif event.style == '"' and forbidden_in(value):
            self.told(
                _mark(event),
                "control-character",
                _("the text holds an invisible character written as an escape"),
                _("delete the escape"),
            )
        self.place(branch, value)

    def key(self, frame: _Frame, event: Any) -> None:
        key: str = event.value
        if self.begins_again(frame, key):
            frame = self.without_dash(event)
        first = frame.branch.children.get(key) if isinstance(frame.branch.children, dict) else None
        if first is not None:
            place = self.source.span(first.key_start, first.key_end)
            self.told(
                _mark(event),
                "duplicate-key",
                _("key '{key}' is already given at {place}").format(
                    key=key, place=f"{place.line}:{place.column}"
                ),
                _("keep one of the two"),
            )
        if not key:
            self.told(_mark(event), "complex-key", _("a key must be a word"))
        frame.key = key or "?"
        frame.key_start, frame.key_end = event.start_mark.index, event.end_mark.index

    def begins_again(self, frame: _Frame, key: str) -> bool:
        """True if `key` is the one that began this item of a list: what follows is the next."""
        if frame.flow or len(self.stack) < 2 or not isinstance(self.stack[-2].data, list):
            return False
        return len(frame.data) > 1 and key == next(iter(frame.data))

    def without_dash(self, event: Any) -> _Frame:
        """Tell the missing dash once, and read on as if it were there."""
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopError
        self.problems.append(missing_dash(_mark(event), self.source))
        self.stack.pop()
        branch = Branch(event.start_mark.index, -1, {})
        data: dict[str, Any] = {}
        self.place(branch, data)
        self.stack.append(_Frame(branch, data, flow=False))
        return self.stack[-1]

    def empty(self, frame: _Frame | None, event: Any) -> None:
        """An absent value: half a thought, or a comma that split a text inside braces."""
        if frame is None:
            return
        self.source.told.add(self.path())
        hidden = frame.flow and event.start_mark.index == frame.key_end
        if not isinstance(frame.data, dict):
            self.told(
                _mark(event),
                "empty-value",
                _("an item of this list is empty"),
                _("write the item or delete the line"),
            )
        elif hidden:
            self.told(
                self.source.span(frame.key_start, frame.key_end),
                "hidden-key",
                _("the comma makes '{key}' a key of its own, without value").format(key=frame.key),
                _("put quotes around a text that holds a comma, or write one key a line"),
            )
        else:
            self.told(
                self.source.span(frame.key_start, frame.key_end),
                "empty-value",
                _("'{key}' has no value").format(key=frame.key),
                _("write a value or delete the key"),
            )

    def look_after(self, event: Any) -> None:
        """Warn when ` #` ended a text that seems to go on; comments have a space after `#`."""
        end = event.end_mark
        line = self.source.lines[end.line] if end.line < len(self.source.lines) else ""
        lost = _LOST_TEXT(line, end.column)
        if (
            lost is None
            or len(self.problems) >= MAX_PROBLEMS // 2  # room for the errors
            or not any(frame.key in PROSE_KEYS for frame in self.stack)
        ):
            return
        column = lost.end() - 1
        self.problems.append(
            self.source.problem_at(
                Mark(end.line + 1, column, end.line + 1, len(line.rstrip()) + 1),
                code="text-after-hash",
                message=_("what follows '#' is a comment: the text stops before it"),
                severity=Severity.WARNING,
                hint=_("put quotes around the text, or a space after '#' for a comment"),
            )
        )


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    return Mark(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def locate_text(text: str, path: str) -> Located:
    """`text`, already free of forbidden characters, as data; every mistake is a problem."""
    source = SourceMap(path, split_lines(text), line_starts(text))
    builder = _Builder(source)
    complete = False
    try:
        builder.build(yaml.parse(text, Loader=_Loader))
        complete = True
    except _StopError:
        pass
    except yaml.MarkedYAMLError as error:
        builder.problems.append(syntax_problem(error, source))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Escapes beyond Unicode reach chr() in the pure Python parser.
        builder.problems.append(
            source.problem_at(
                None, code="syntax", message=_("this is not YAML: {reason}").format(reason=error)
            )
        )
    source = replace(source, root=builder.root)
    if not complete:
        return Located(None, source, builder.problems)
    if not isinstance(builder.data, dict):
        builder.problems.append(_no_mapping(builder, source))
        return Located(None, source, builder.problems)
    return Located(builder.data, source, builder.problems)


def _no_mapping(builder: _Builder, source: SourceMap) -> Problem:
    if builder.data is None or builder.data == "":
        return source.problem_at(
            None,
            code="empty-file",
            message=_("the file is empty"),
            hint=_("begin with 'cyberex: 1'"),
        )
    return source.problem(
        (),
        code="not-a-mapping",
        message=_("the file must be made of 'key: value' lines"),
        hint=_("begin with 'cyberex: 1'; a space follows each ':'"),
    )


def locate_file(path: Path) -> Located:
    """The file at `path` as data; UserError only if it cannot be opened."""
    text = read_file(path)
    if isinstance(text, Problem):
        return Located(None, SourceMap(str(path)), [text])
    return locate_text(text, str(path))
