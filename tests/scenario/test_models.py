"""The typed scenario: what each word means, and its exact JSON for the journal."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cyberex.scenario.load import load_scenario, scenario_of_text
from cyberex.scenario.models import (
    FactRef,
    Otherwise,
    Scenario,
    Stimulus,
    scenario_from_json,
    scenario_to_json,
)
from cyberex.scenario.words import WordError, parse_fact
from cyberex.times import Relative
from tests.scenario.conftest import DATA, SMALL

ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
prose = st.text(min_size=1, max_size=20)
durations = st.integers(0, 600).map(lambda minutes: f"{minutes} min")
delays = durations | st.tuples(st.integers(1, 5), st.integers(6, 30)).map(
    lambda pair: f"{pair[0]} à {pair[1]} min"
)
instants = st.integers(-30, 600).map(lambda minutes: f"T{minutes:+d}") | st.just("lundi 14:00")
plain_ids = ids.filter(lambda name: name not in {"key", "down", "up"})
facts = st.one_of(
    plain_ids,
    st.builds("{}={}".format, ids, ids),
    st.builds("{} down".format, plain_ids),
    st.builds("{} up".format, plain_ids),
    st.builds("{} done".format, plain_ids),
    st.builds("key {}".format, ids.filter(lambda name: name not in {"down", "up"})),
)
effects = st.dictionaries(ids, st.sampled_from(["up", "down"]), max_size=2)


def block(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


expectations = block(
    {"id": ids, "text": prose}, {"within": durations, "by": ids, "reaches": ids, "settles": ids}
)
stimuli = block(
    {"id": ids, "from": ids, "to": st.lists(ids), "via": ids, "title": prose, "text": prose},
    {
        "at": instants,
        "after": facts | st.builds("{} + {}".format, facts, delays),
        "until": instants,
        "when": st.lists(facts, max_size=2),
        "unless": st.lists(facts, max_size=2),
        "otherwise": st.sampled_from(["skip", "reserve"]) | block({"play": ids}, {}),
        "nature": st.sampled_from(["normal", "nudge", "noise"]),
        "importance": st.sampled_from(["essential", "normal", "optional"]),
        "thread": st.sampled_from(["technical", "care"]),
        "attachments": st.lists(prose | block({"file": prose}, {"title": prose}), max_size=2),
        "expect": st.lists(expectations, max_size=2),
        "effects": effects,
    },
)
actors = block(
    {"id": ids, "title": prose, "kind": st.sampled_from(["staff", "media"])},
    {
        "when_contacted": block({"reply_after": delays, "text": prose}, {"when": st.lists(facts)}),
        "comes_back": block(
            {"play": ids, "after": facts, "every": durations},
            {"until": facts, "at_most": st.integers(1, 9).map(str)},
        ),
    },
)
scenarios = block(
    {
        "cyberex": st.just("1"),
        "id": ids,
        "title": prose,
        "timing": block({"play": durations}, {"startex": st.just("now"), "briefing": durations}),
    },
    {
        "actors": st.lists(actors, max_size=2),
        "stimuli": st.lists(stimuli, max_size=2),
        "variables": st.dictionaries(st.sampled_from(["a", "b_2"]), st.text(max_size=5)),
        "rules": st.lists(prose, max_size=2),
        "milestones": st.lists(block({"id": ids, "title": prose}, {"effects": effects})),
    },
)


@given(scenarios)
@settings(max_examples=150, deadline=None)
def test_json_gives_back_the_same_scenario(document: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(document)
    stored = json.loads(json.dumps(scenario_to_json(scenario)))
    assert scenario_from_json(stored) == scenario
    assert scenario_to_json(scenario_from_json(stored)) == stored


def test_the_sketch_survives_json() -> None:
    scenario = load_scenario(DATA / "sketch.yaml").scenario
    assert scenario is not None
    assert scenario_from_json(json.loads(json.dumps(scenario_to_json(scenario)))) == scenario


def test_what_json_did_not_write_is_refused() -> None:
    with pytest.raises(ValidationError):
        scenario_from_json({"cyberex": 1, "id": "x"})


def first_stimulus(lines: str) -> Stimulus:
    loaded = scenario_of_text(SMALL + lines)
    assert loaded.scenario is not None, loaded.problems
    return loaded.scenario.stimuli[0]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("declared", FactRef("reached", "declared")),
        ("isolation=kept", FactRef("outcome", "isolation", "kept")),
        ("isolation = kept", FactRef("outcome", "isolation", "kept")),
        ("mail-server down", FactRef("asset_down", "mail-server")),
        ("mail-server up", FactRef("asset_up", "mail-server")),
        ("s04  acknowledged", FactRef("stimulus", "s04", "acknowledged")),
        ("key slow-pace", FactRef("key", "slow-pace")),
    ],
)
def test_a_fact_is_read_by_its_form(text: str, fact: FactRef) -> None:
    assert parse_fact(text) == fact


@given(facts)
def test_the_text_of_a_fact_reads_as_the_same_fact(text: str) -> None:
    fact = parse_fact(text)
    assert parse_fact(fact.text) == fact


@pytest.mark.parametrize("text", ["", "a b", "a=b=c", "=a", "Key x", "not declared", "a down up"])
def test_what_is_not_a_fact_is_refused(text: str) -> None:
    with pytest.raises(WordError):
        parse_fact(text)


def test_after_holds_a_fact_and_a_range_of_delays() -> None:
    scenario = load_scenario(DATA / "sketch.yaml").scenario
    assert scenario is not None
    after = scenario.stimuli[3].after
    assert after is not None
    assert after.delay is not None
    assert after.fact == FactRef("reached", "incident-declared")
    assert (after.delay.low_ms, after.delay.high_ms) == (300_000, 600_000)
    assert after.text == "incident-declared + 5 à 10 min"


@pytest.mark.parametrize(
    ("lines", "otherwise"),
    [
        ("    otherwise: skip\n", Otherwise("skip")),
        ("    otherwise: reserve\n", Otherwise("reserve")),
        ("    otherwise:\n      play: again\n", Otherwise("play", "again")),
        ('    otherwise: "play: again"\n', Otherwise("play", "again")),
        ("    otherwise: play again\n", Otherwise("play", "again")),
    ],
)
def test_otherwise_may_be_written_in_several_ways(lines: str, otherwise: Otherwise) -> None:
    assert first_stimulus(lines).otherwise == otherwise


def test_a_time_keeps_its_text_and_its_meaning() -> None:
    at = first_stimulus("").at
    assert at is not None
    assert (at.text, at.value) == ("T+5", Relative(300_000))


def test_a_bare_attachment_is_a_file_or_the_name_of_a_document() -> None:
    first, second = first_stimulus("    attachments: [pieces/mail.pdf, Photo]\n").attachments
    assert (first.file, first.title) == ("pieces/mail.pdf", None)
    assert (second.file, second.title) == (None, "Photo")


def test_a_well_known_channel_needs_no_kind() -> None:
    scenario = load_scenario(DATA / "sketch.yaml").scenario
    assert scenario is not None
    assert {channel.id: channel.means for channel in scenario.channels} == {
        "email": "email",
        "phone": "phone",
        "mobile": "phone",
        "visit": "visit",
        "media": "media",
        "runner": "document",
    }


def test_no_key_of_the_language_is_a_boolean_of_yaml() -> None:
    definitions = Scenario.model_json_schema()["$defs"].values()
    keys = {key for model in definitions for key in model.get("properties", {})}
    assert keys.isdisjoint({"y", "n", "yes", "no", "on", "off", "true", "false"})
