"""Commands and events survive the journal exactly, and nothing hostile gets past the codec."""

import contextlib
import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.facts import codec
from cyberex.facts.command_list import COMMANDS
from cyberex.facts.commands import AddNote, EditStimulus, SkipStimulus
from cyberex.facts.events import EVENTS
from cyberex.facts.model import Request, TextRef

TEXT_REFS = st.text(max_size=20).map(TextRef)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def mapping_of(hint: Any) -> st.SearchStrategy[Any]:
    of = typing.get_args(hint)[1]
    return st.dictionaries(st.text(max_size=5), JSON if of is Any else st.from_type(of))


def values_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    special = {
        name: TEXT_REFS
        if hint is TextRef
        else st.lists(TEXT_REFS, max_size=2).map(tuple)
        if typing.get_args(hint) == (TextRef, Ellipsis)
        else st.floats(allow_nan=False, allow_infinity=False)
        if hint is float
        else mapping_of(hint)
        if typing.get_origin(hint) is Mapping
        else st.from_type(hint)
        for name, hint in hints.items()
        if typing.get_origin(hint) is not typing.ClassVar
    }
    return st.builds(kind, **special)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_event_comes_back_from_json_as_it_was(name: str) -> None:
    @given(values_of(EVENTS[name]))
    def comes_back(event: Any) -> None:
        body = codec.event_to_json(event)
        assert codec.event_from_json(name, event.version, body) == event

    comes_back()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_comes_back_from_json_as_it_was(name: str) -> None:
    @given(values_of(COMMANDS[name]))
    def comes_back(command: Any) -> None:
        assert codec.command_from_json(codec.command_to_json(command)) == command

    comes_back()


@given(st.dictionaries(st.sampled_from(["command", "id", "by", "origin", "stimulus"]), JSON))
def test_arbitrary_json_is_refused_with_a_codec_error_only(value: dict[str, Any]) -> None:
    with contextlib.suppress(codec.CodecError):
        codec.request_from_json(value)


def test_a_request_keeps_who_asked() -> None:
    request = Request("r1", "director", "console", SkipStimulus(stimulus="s03"))
    assert codec.request_from_json(codec.request_to_json(request)) == request


def test_an_event_newer_than_this_program_is_refused() -> None:
    with pytest.raises(codec.CodecError, match="newer"):
        codec.event_from_json("exercise.resumed", 99, {})


def test_true_is_no_number() -> None:
    with pytest.raises(codec.CodecError):
        codec.command_from_json({"command": "exercise.advance", "to_ms": True})


def test_the_fields_that_hold_typed_texts_are_known() -> None:
    assert codec.text_fields(AddNote) == ("text",)
    assert codec.text_fields(EditStimulus) == ("title", "text")


@pytest.mark.parametrize("kind", [*COMMANDS.values(), *EVENTS.values()], ids=lambda kind: kind.name)
def test_no_field_hides_a_word_of_the_envelope(kind: Any) -> None:
    envelope = {"command", "id", "by", "origin", "at", "wait"}
    envelope |= {"seq", "sim_ms", "wall_at", "event", "version", "cause"}
    assert not envelope & {field.name for field in dataclasses.fields(kind)}
