"""Turn commands and events into plain JSON values and back, exactly; old versions are upcast.

Unknown names and fields that do not fit raise `CodecError`, never anything else: a journal or a
script may come from anywhere.
"""

import dataclasses
import types
from collections.abc import Callable, Hashable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from cyberex.facts.command_list import COMMANDS
from cyberex.facts.events import EVENTS
from cyberex.facts.model import Command, Event, Request, TextRef

T = TypeVar("T")


class CodecError(ValueError):
    """A value that is no command, event or request; the message says which part."""


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(event name, version read) -> a pure function that gives the body of the next version."""


def event_to_json(event: Event) -> dict[str, Any]:
    """The body of the event, without name and version."""
    return _to_json(event)


def event_from_json(name: str, version: int, body: Mapping[str, Any]) -> Event:
    """The event, upcast to today's version. Raises CodecError."""
    kind = EVENTS.get(name)
    if kind is None:
        raise CodecError(f"unknown event {name!r}")
    current = dict(body)
    while version < kind.version:
        upcast = UPCASTERS.get((name, version))
        if upcast is None:
            raise CodecError(f"no way from version {version} of {name!r}")
        current, version = upcast(current), version + 1
    if version > kind.version:
        raise CodecError(f"{name!r} has version {version}, newer than {kind.version}")
    return _from_json(kind, current, name)


def command_to_json(command: Command) -> dict[str, Any]:
    """The command with its name under "command"."""
    return {"command": command.name, **_to_json(command)}


def command_from_json(value: Mapping[str, Any]) -> Command:
    """The command that `value` ("command" and its fields) describes. Raises CodecError."""
    fields = dict(value)
    name = fields.pop("command", None)
    kind = COMMANDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise CodecError(f"unknown command {name!r}")
    return _from_json(kind, fields, str(name))


def request_to_json(request: Request) -> dict[str, Any]:
    return {
        "id": request.id,
        "by": request.by,
        "origin": request.origin,
        **command_to_json(request.command),
    }


def request_from_json(value: Mapping[str, Any]) -> Request:
    """Raises CodecError."""
    fields = dict(value)
    who = []
    for key in ("id", "by", "origin"):
        text = fields.pop(key, None)
        if not isinstance(text, str):
            raise CodecError(f"{key!r} is missing from a request")
        who.append(text)
    return Request(who[0], who[1], who[2], command_from_json(fields))


@cache
def text_fields(kind: type[Command] | type[Event]) -> tuple[str, ...]:
    """Names of the fields that hold a reference to a text somebody typed (tuples included)."""
    hints = get_type_hints(kind)
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if hints[field.name] is TextRef or TextRef in get_args(hints[field.name])
    )


def _to_json(value: Any) -> dict[str, Any]:
    return {
        name: _plain(getattr(value, name)) for name in _field_names(cast(Hashable, type(value)))
    }


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cast(type[Any], kind)))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@cache
def _readers(kind: Hashable) -> dict[str, tuple[Callable[[Any], Any], bool]]:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(cast(type[Any], kind))
    return {
        field.name: (
            _reader(hints[field.name]),
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in fields
    }


def _from_json(kind: type[T], fields: Mapping[str, Any], name: str) -> T:
    readers = _readers(cast(Hashable, kind))
    unknown = sorted(set(fields) - set(readers))
    if unknown:
        raise CodecError(f"{name!r} has no field {unknown[0]!r}")
    missing = [key for key, (_, required) in readers.items() if required and key not in fields]
    if missing:
        raise CodecError(f"{name!r} lacks {missing[0]!r}")
    values = {}
    for key, value in fields.items():
        try:
            values[key] = readers[key][0](value)
        except (TypeError, ValueError) as error:
            raise CodecError(f"{name!r}: {key!r} does not fit: {value!r:.80}") from error
    return kind(**values)


def _reader(hint: Any) -> Callable[[Any], Any]:
    """A function that checks and converts a JSON value to `hint`."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(item for item in arguments if item is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item_reader = _reader(arguments[0])
        return lambda value: tuple(item_reader(item) for item in _checked(value, list))
    if origin is not None and issubclass(origin, Mapping):
        value_reader = _reader(arguments[1])
        return lambda value: {
            _checked(key, str): value_reader(item) for key, item in _checked(value, dict).items()
        }
    if hint is Any:
        return lambda value: value
    if hint is float:
        return lambda value: float(_checked(value, int, float))
    plain = getattr(hint, "__supertype__", hint)
    return lambda value: _checked(value, plain)


def _checked(value: Any, *kinds: type) -> Any:
    # bool is an int in Python, never in a recorded field.
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TypeError(value)
    return value
