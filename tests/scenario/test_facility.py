"""A facility's own exercise: what is wrong in its folder, and what is played from it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cyberex.scenario.facility.folder import facility_at
from cyberex.scenario.facility.model import Facility
from cyberex.scenario.schema import schema_of
from tests.scenario.facilities import EXERCISE, PEOPLE, SCENARIO, line_of, load, told, write


def test_a_complete_folder_has_no_problem(tmp_path: Path) -> None:
    assert told(load(tmp_path).problems) == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("structure: CH", "structur: CH", "unknown-id"),
        ("structure: CH de la Vallée", "structure: À COMPLÉTER", "placeholder"),
        ("title: Exercice de crise", "title: À COMPLÉTER", "~placeholder"),
        ("day: 2027-03-09 13:30", "day: a completer", "~placeholder"),
        ("day: 2027-03-09 13:30", "day: mardi prochain", "time-unreadable"),
        ("hard_end: 17:00", "hard_end: lundi 17:00", "bad-hour"),
        ("hard_end: 17:00", "hard_end: 15:00", "~too-short"),
        ("hard_end: 17:00", "hard_end: 13:00", "end-before-start"),
        ("crisis:", "crisys:", "unknown-id"),
        ("place: Salle Curie", "place: À COMPLÉTER", "~placeholder"),
        ("nurse:", "nurze:", "unknown-id"),
        ("phone: 04 76 00 11 22", "phone: À COMPLÉTER", "placeholder"),
        ("email: exercice@ch-vallee.fr", "email: À COMPLÉTER", "~placeholder"),
        ("email: exercice@ch-vallee.fr", "email: exercice@ch-vallee", "bad-email"),
        ("email: exercice@ch-vallee.fr", "email: x@ars.sante.fr", "real-mail"),
        ("email: exercice@ch-vallee.fr", "email: x@ch.example", "~fictional-mail"),
        ("phone: 04 76 00 11 22", "phone: +33 (0)9.72.43.91.25", "real-number"),
        ("phone: poste 4512", 'phone: "15"', "real-number"),
        ("phone: poste 4512", "phone: 3114", "real-number"),
        ("phone: poste 4512", "phone: 01 99 00 12 34", "~fictional-number"),
        ("phone: poste 4512", "phone: le standard", "bad-phone"),
        ("animator-1: a01", "animator-1: a09", "unknown-id"),
        ("animator-1: a01", "animator-1: p01", "voice-of-player"),
        ("animator-1: a01", "animator-1: o01", "voice-of-observer"),
        ("animator-1: a01", "animator-9: a01", "unknown-id"),
        ("held_by: actor", "held_by: its", "unknown-id"),
        ("held_by: actor", "held_by: it", "choice-leaves-stimuli"),
        ("responsible: La directrice du CH", "responsible: À COMPLÉTER", "~placeholder"),
        ("cyberex_exercise: 1", "cyberex_exercise: 2", "version"),
        ("facility: CH", "facilities: CH", "unknown-key"),
    ],
)
def test_a_mistake_of_the_exercise_is_placed(
    tmp_path: Path, before: str, after: str, code: str
) -> None:
    text = EXERCISE.replace(before, after)
    line = line_of(text, after)
    assert ("exercise.yaml", line, code) in told(load(tmp_path, exercise=text).problems)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("name: Mme Un", "name: À COMPLÉTER", "placeholder"),
        ("phone: 04 76 00 11 01", "phone: À COMPLÉTER", "placeholder"),
        ("mobile: 06 12 00 11 02", "mobile: À COMPLÉTER", "~placeholder"),
        ("email: un@ch-vallee.fr", "email: À COMPLÉTER", "~placeholder"),
        ("name: Mme Cinq", "name: À COMPLÉTER", "placeholder"),
        ("name: Mme Sept", "name: À COMPLÉTER", "~placeholder"),
        ("mobile: 06 12 00 11 02", "mobile: 0476001101", "~same-phone"),
        ("mobile: 06 12 00 11 02", "mobile: +33 4 76 00 11 01", "~same-phone"),
        ("mobile: 06 12 00 11 02", "email: UN@ch-vallee.fr", "same-mail"),
        ("mobile: 06 12 00 11 02", "stand_in: p01", None),
        ("mobile: 06 12 00 11 02", 'mobile: "112"', "real-number"),
        ("name: Mme Cinq", "name: mme  trois", "plays-and-animates"),
        ("role: care", "role: car", "unknown-role"),
        ("where: remote", "where: home", "wrong-choice"),
        ("task: director", "task: secretary", None),
    ],
)
def test_a_mistake_of_the_people_is_placed(
    tmp_path: Path, before: str, after: str, code: str | None
) -> None:
    text = PEOPLE.replace(before, after)
    found = told(load(tmp_path, people=text).problems)
    if code is None:
        assert [item[2] for item in found] in (["stand-in-loop"], ["no-director"])
    else:
        assert ("people.yaml", line_of(text, after), code) in found


def test_a_role_without_a_player_is_told_unless_it_is_left_vacant(tmp_path: Path) -> None:
    people = PEOPLE.replace("    role: care\n", "    role: crisis\n")
    found = told(load(tmp_path, people=people).problems)
    assert found == [("people.yaml", 2, "role-without-player")]
    vacant = EXERCISE + "vacant_roles: [care]\n"
    assert told(load(tmp_path, exercise=vacant, people=people).problems) == []


def test_a_voice_without_an_animator_is_told_once(tmp_path: Path) -> None:
    text = EXERCISE.replace("  animator-2: a02\n", "")
    found = told(load(tmp_path, exercise=text).problems)
    assert [item[2] for item in found] == ["voice-without-animator"]


def test_an_actor_without_a_voice_is_told_until_somebody_is_cast(tmp_path: Path) -> None:
    scenario = SCENARIO.replace(", played_by: animator-1", "")
    text = EXERCISE.replace("animator-1: a01", "animator-2: a02").replace(
        "  animator-2: a02\n", "", 1
    )
    found = told(load(tmp_path, exercise=text, scenario=scenario).problems)
    assert [item[2] for item in found] == ["actor-without-voice"]
    text = EXERCISE.replace("animator-1: a01", "nurse: a01")
    assert told(load(tmp_path, exercise=text, scenario=scenario).problems) == []


def test_a_real_number_in_the_scenario_is_told_at_its_place(tmp_path: Path) -> None:
    scenario = SCENARIO.replace(
        "text: Exercice. Six postes.", "text: Exercice. Appelez le 09 72 43 91 25."
    )
    found = told(load(tmp_path, scenario=scenario).problems)
    assert found == [("scenario.yaml", line_of(scenario, "s01"), "real-number")]


def test_players_dial_the_line_of_the_actor_or_the_one_of_the_animation(tmp_path: Path) -> None:
    scenario = load(tmp_path).scenario
    assert scenario is not None
    shown = {actor.id: (actor.phone, actor.email) for actor in scenario.actors}
    assert shown == {
        "nurse": ("poste 4512", None),
        "dpo": (None, "exercice@ch-vallee.fr"),
        "note": (None, None),
    }


def test_a_mailbox_that_does_not_exist_leaves_none_of_the_kit_s(tmp_path: Path) -> None:
    text = EXERCISE.replace("  email: exercice@ch-vallee.fr\n", "")
    scenario = load(tmp_path, exercise=text).scenario
    assert scenario is not None
    assert [actor.email for actor in scenario.actors] == [None, None, None]


def test_rooms_variables_and_title_are_the_facility_s(tmp_path: Path) -> None:
    scenario = load(tmp_path).scenario
    assert scenario is not None
    (cell,) = scenario.cells
    assert (cell.title, cell.place) == ("Cellule de CH de la Vallée", "Salle Curie")
    assert cell.travel.ms == 240_000
    assert scenario.title == "Exercice de crise"


KIT_NAME = EXERCISE.replace("structure: CH de la Vallée", "structure: CH du kit")
NO_NAME = EXERCISE.replace("variables:\n  structure: CH de la Vallée\n", "")


@pytest.mark.parametrize("text", [KIT_NAME, NO_NAME])
def test_the_name_that_players_hear_follows_the_facility(tmp_path: Path, text: str) -> None:
    folder = load(tmp_path, exercise=text)
    assert folder.scenario is not None
    assert folder.scenario.cells[0].title == "Cellule de CH de la Vallée"
    assert folder.scenario.variables["structure"] == "CH de la Vallée"
    assert told(folder.problems) == []


def test_another_name_for_the_players_is_the_facility_s_choice(tmp_path: Path) -> None:
    text = EXERCISE.replace("structure: CH de la Vallée", "structure: CH imaginé")
    folder = load(tmp_path, exercise=text)
    assert folder.scenario is not None
    assert folder.scenario.variables["structure"] == "CH imaginé"
    assert told(folder.problems) == []


@pytest.mark.parametrize("text", [KIT_NAME, NO_NAME])
def test_the_kit_s_name_is_told_until_the_facility_s_is_written(tmp_path: Path, text: str) -> None:
    text = text.replace("facility: CH de la Vallée", "facility: À COMPLÉTER")
    codes = [code for _file, _line, code in told(load(tmp_path, exercise=text).problems)]
    assert codes.count("~kit-name") == 1


def test_a_scenario_without_the_variable_is_reported_under_the_facility_s_name(
    tmp_path: Path,
) -> None:
    plain = SCENARIO.replace("variables: {structure: CH du kit}\n", "").replace("${structure}", "X")
    scenario = load(tmp_path, exercise=NO_NAME, scenario=plain).scenario
    assert scenario is not None
    assert scenario.variables == {"structure": "CH de la Vallée"}


def test_two_voices_of_one_animator_become_one(tmp_path: Path) -> None:
    text = EXERCISE.replace("animator-2: a02", "animator-2: a01")
    folder = load(tmp_path, exercise=text)
    assert folder.scenario is not None
    assert {actor.played_by for actor in folder.scenario.actors} == {"animator-1"}


def test_an_actor_may_be_given_to_somebody_else_than_its_voice(tmp_path: Path) -> None:
    text = EXERCISE.replace("casting:\n", "casting:\n  note: d01\n")
    folder = load(tmp_path, exercise=text)
    assert folder.scenario is not None
    assert folder.casting is not None
    assert [actor.played_by for actor in folder.scenario.actors] == [
        "animator-1", "animator-2", "d01",
    ]  # fmt: skip
    assert folder.casting.person_of_actor["note"] == "d01"


def test_a_function_held_by_a_player_speaks_through_somebody_else(tmp_path: Path) -> None:
    text = EXERCISE.replace("held_by: actor", "held_by: it\n    stimuli_by: nurse")
    folder = load(tmp_path, exercise=text)
    assert told(folder.problems) == []
    assert folder.scenario is not None
    assert [item.sender for item in folder.scenario.stimuli] == ["nurse", "nurse"]
    assert folder.scenario.actors[1].email is None


def test_a_folder_is_found_by_its_name_or_by_its_file(tmp_path: Path) -> None:
    exercise = write(tmp_path)
    by_folder, by_file = facility_at(str(tmp_path)), facility_at(str(exercise))
    assert by_folder is not None
    assert by_folder == by_file
    assert facility_at(str(tmp_path / "elsewhere")) is None
    assert facility_at("x" * 5000) is None


def test_every_key_of_the_exercise_is_in_the_guide_of_the_week_before() -> None:
    guide = Path(__file__).parents[2] / "docs/animateur/preparer.md"
    text = guide.read_text(encoding="utf-8")
    schema = schema_of(Facility)
    keys = set(schema["properties"])
    for definition in schema["$defs"].values():
        keys |= set(definition["properties"])
    assert {key for key in keys if f"`{key}`" not in text} == set()


@pytest.mark.parametrize(
    ("written", "digits"),
    [("1f4e8c", "1f4e8c"), ("'#1F4E8C'", "1f4e8c"), ("abc", "aabbcc"), ("007700", "007700"),
     ("Vert", "1e6b3a")],
)  # fmt: skip
def test_a_colour_is_six_digits_or_a_name(tmp_path: Path, written: str, digits: str) -> None:
    loaded = load(tmp_path, exercise=f"{EXERCISE}\ncolour: {written}\n")
    assert told(loaded.problems) == []
    assert loaded.facility is not None
    assert loaded.facility.colour is not None
    assert loaded.facility.colour.digits == digits


@pytest.mark.parametrize("written", ["mauve", "12345", "1f4e8g", "À COMPLÉTER", "[1]"])
def test_what_is_no_colour_is_told_at_its_place(tmp_path: Path, written: str) -> None:
    text = f"{EXERCISE}\ncolour: {written}\n"
    line = line_of(text, "colour:")
    assert [item for item in told(load(tmp_path, exercise=text).problems) if item[1] == line]


YAML_PIECES = st.recursive(
    st.sampled_from(
        ["1", "x", "a01", "À COMPLÉTER", '"15"', "2027-03-09 13:30", "p01", "nurse", "~", "[", "&a"]
    )
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(["id", "role", "name", "phone", "place", "held_by", "animator-1"]),
            inner,
            max_size=3,
        ).map(lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in items.items()) + "}")
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [line.split(":")[0] for line in EXERCISE.splitlines() if not line.startswith(" ")]
    + ["people", "cyberex_people", "vacant_roles"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.tuples(KEYS, YAML_PIECES), max_size=4), data=st.data())
def test_no_text_of_either_file_raises(
    tmp_path: Path, lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    broken = "".join(f"{key}: {piece}\n" for key, piece in lines)
    kept = data.draw(st.sampled_from([EXERCISE, PEOPLE, ""]))
    keys = {key for key, _piece in lines}
    rest = "".join(block for block in _blocks(kept) if block.split(":")[0] not in keys)
    load(tmp_path, exercise=rest + broken)
    load(tmp_path, people=rest + broken)


def _blocks(text: str) -> list[str]:
    """The top keys of a file, each with what is under it."""
    found: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith(" ") and found:
            found[-1] += line
        else:
            found.append(line)
    return found
