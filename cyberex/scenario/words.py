"""The smallest words of the language: ids, times, facts, what happens to a window that closes.

Each is parsed once, from the author's text, into a value that cannot be wrong, and is written
back as that same text. Positions never come here: they live in the source map.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import PlainSerializer, PlainValidator, StringConstraints, WithJsonSchema

from cyberex.i18n import _
from cyberex.times import (
    FictionInstant,
    Relative,
    Startex,
    TimeError,
    parse_duration,
    parse_instant,
    parse_span,
    parse_startex,
)

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,63}$"
VARIABLE_PATTERN = r"^[a-z][a-z0-9_]{0,63}$"
STIMULUS_STATES = ("delivered", "acknowledged", "done", "skipped")

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
VariableName = Annotated[str, StringConstraints(pattern=VARIABLE_PATTERN)]
Prose = Annotated[str, StringConstraints(min_length=1)]

FactKind = Literal["reached", "outcome", "asset_down", "asset_up", "stimulus", "key"]

_is_id = re.compile(ID_PATTERN).fullmatch


class WordError(ValueError):
    """A word the author wrote wrongly; `code` is stable, `message` and `hint` are translated."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as the author wrote it (`T+5`, `lundi 09:02`) and what it means."""

    text: str
    value: Relative | FictionInstant


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of exercise time; `ms` is never negative."""

    text: str
    ms: int


@dataclass(frozen=True, slots=True)
class Delay:
    """A length drawn between two bounds, both included; equal when the author gave one length."""

    text: str
    low_ms: int
    high_ms: int


@dataclass(frozen=True, slots=True)
class StartexTime:
    """The fiction's hour at DEBEX, or `now`."""

    text: str
    value: Startex


@dataclass(frozen=True, slots=True)
class FactRef:
    """One fact a condition asks for.

    `reached`: milestone `subject`; `outcome`: decision `subject` came out as `detail`;
    `asset_down`, `asset_up`: asset `subject`; `stimulus`: `subject` is in state `detail`;
    `key`: the director declared key `subject`. `detail` is empty for the others.
    """

    kind: FactKind
    subject: str
    detail: str = ""

    @property
    def text(self) -> str:
        """The one canonical way of writing this fact."""
        match self.kind:
            case "reached":
                return self.subject
            case "outcome":
                return f"{self.subject}={self.detail}"
            case "asset_down":
                return f"{self.subject} down"
            case "asset_up":
                return f"{self.subject} up"
            case "stimulus":
                return f"{self.subject} {self.detail}"
            case "key":
                return f"key {self.subject}"


@dataclass(frozen=True, slots=True)
class After:
    """As soon as `fact` holds, plus `delay` (None: at once)."""

    fact: FactRef
    delay: Delay | None = None

    @property
    def text(self) -> str:
        return self.fact.text if self.delay is None else f"{self.fact.text} + {self.delay.text}"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What becomes of a stimulus whose window closes; `play` names the item for kind `play`."""

    kind: Literal["skip", "reserve", "play"]
    play: str | None = None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WordError("wrong-type", _("a text is expected here"))
    return " ".join(value.split())


def parse_fact(text: str) -> FactRef:
    """`text` as a fact, by its form alone: whether its subject exists is for the cross-checks."""
    words = text.replace("=", " = ").split()
    match words:
        case [subject] if _is_id(subject):
            return FactRef("reached", subject)
        case [subject, "=", outcome] if _is_id(subject) and _is_id(outcome):
            return FactRef("outcome", subject, outcome)
        case ["key", name] if _is_id(name):
            return FactRef("key", name)
        case [subject, "down"] if _is_id(subject):
            return FactRef("asset_down", subject)
        case [subject, "up"] if _is_id(subject):
            return FactRef("asset_up", subject)
        case [subject, state] if _is_id(subject) and state in STIMULUS_STATES:
            return FactRef("stimulus", subject, state)
    raise WordError(
        "bad-fact",
        _("'{text}' is not a fact").format(text=text),
        _(
            "write a milestone, 'decision=outcome', 'asset down', 'asset up', "
            "'stimulus delivered' (or acknowledged, done, skipped), or 'key name'"
        ),
    )


def _to_fact(value: object) -> FactRef:
    return value if isinstance(value, FactRef) else parse_fact(_text(value))


def _to_instant(value: object) -> Moment:
    if isinstance(value, Moment):
        return value
    text = _text(value)
    try:
        return Moment(text, parse_instant(text))
    except TimeError as error:
        raise WordError(error.code, error.message, error.hint) from error


def _to_fiction(value: object) -> Moment:
    instant = _to_instant(value)
    if isinstance(instant.value, Relative):
        raise WordError(
            "jump-not-fiction",
            _("'{text}' is not an hour of the fiction").format(text=instant.text),
            _("write the hour that the fiction jumps to, such as 'lundi 14:00' or 'J+1 08:00'"),
        )
    return instant


def _to_duration(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    text = _text(value)
    try:
        return Duration(text, parse_duration(text))
    except TimeError as error:
        raise WordError(error.code, error.message, error.hint) from error


def parse_delay(text: str) -> Delay:
    """`text` as one length or a range of lengths; WordError if it is neither."""
    try:
        span = parse_span(text)
    except TimeError as error:
        raise WordError(error.code, error.message, error.hint) from error
    return Delay(text, span.low_ms, span.high_ms)


def _to_delay(value: object) -> Delay:
    return value if isinstance(value, Delay) else parse_delay(_text(value))


def _to_after(value: object) -> After:
    if isinstance(value, After):
        return value
    fact, plus, delay = _text(value).partition("+")
    if not plus:
        return After(parse_fact(fact.strip()))
    return After(parse_fact(fact.strip()), parse_delay(delay.strip()))


def _to_startex(value: object) -> StartexTime:
    if isinstance(value, StartexTime):
        return value
    text = _text(value)
    try:
        return StartexTime(text, parse_startex(text))
    except TimeError as error:
        raise WordError(error.code, error.message, error.hint) from error


def _to_otherwise(value: object) -> Otherwise:
    if isinstance(value, Otherwise):
        return value
    if isinstance(value, dict) and list(value) == ["play"]:
        value = f"play: {_text(value['play'])}"
    words = _text(value).replace(":", " ").split() if isinstance(value, str) else []
    match words:
        case ["skip"]:
            return Otherwise("skip")
        case ["reserve"]:
            return Otherwise("reserve")
        case ["play", item] if _is_id(item):
            return Otherwise("play", item)
    raise WordError(
        "bad-otherwise",
        _("'otherwise' is skip, reserve, or play with the id of an item"),
        _("write 'otherwise:' and, on the next line, indented, 'play: the-item'"),
    )


def _written(word: Any) -> str:
    text: str = word.text
    return text


def _otherwise_written(word: Otherwise) -> str | dict[str, str]:
    return word.kind if word.play is None else {"play": word.play}


def _schema(*examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "minLength": 1, "examples": list(examples)})


InstantField = Annotated[
    Moment,
    PlainValidator(_to_instant),
    PlainSerializer(_written),
    _schema("T+5", "T+0:02:30", "H+1h30", "lundi 09:02", "J+1 08:00"),
]
FictionField = Annotated[
    Moment,
    PlainValidator(_to_fiction),
    PlainSerializer(_written),
    _schema("lundi 14:00", "14:00", "J+1 08:00"),
]
DurationField = Annotated[
    Duration, PlainValidator(_to_duration), PlainSerializer(_written), _schema("10 min", "1 h 30")
]
DelayField = Annotated[
    Delay, PlainValidator(_to_delay), PlainSerializer(_written), _schema("5 min", "5 à 10 min")
]
StartexField = Annotated[
    StartexTime,
    PlainValidator(_to_startex),
    PlainSerializer(_written),
    _schema("lundi 12 janvier 2026 09:00", "now"),
]
FactField = Annotated[
    FactRef,
    PlainValidator(_to_fact),
    PlainSerializer(_written),
    _schema("incident-declared", "isolation=cut", "mail-server down", "s04 done", "key slow-pace"),
]
AfterField = Annotated[
    After,
    PlainValidator(_to_after),
    PlainSerializer(_written),
    _schema("incident-declared + 5 à 10 min", "s04 delivered + 5 min"),
]
OtherwiseField = Annotated[
    Otherwise,
    PlainValidator(_to_otherwise),
    PlainSerializer(_otherwise_written),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": ["skip", "reserve"]},
                {"type": "string", "pattern": "^play:? +[a-z0-9][a-z0-9_-]{0,63}$"},
                {
                    "type": "object",
                    "properties": {"play": {"type": "string", "pattern": ID_PATTERN}},
                    "required": ["play"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
