"""Front matters: what is wrong is said with its file; readers get no block but theirs."""

import pytest

from cyberex.documents.kit.dynamic import MAKERS
from cyberex.documents.kit.texts import FOR_ANIMATION, KitText, kit_text
from cyberex.errors import UserError
from tests.documents.kit.sets import text_of

RIGHT = {"title": "Livret", "kit": "participant", "readers": "players", "formats": ["pdf"]}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", ""), ("kit", "players"), ("readers", "all"), ("formats", ["odt"]),
        ("formats", []), ("order", "-1"), ("sectors", ["ehpad"]), ("levels", ["easy"]),
        ("id", "another"), ("title", ["a"]),
    ],
)  # fmt: skip
def test_a_wrong_front_matter_is_told_with_its_file_and_key(key: str, value: object) -> None:
    with pytest.raises(UserError, match="livret") as told:
        kit_text("livret", {**RIGHT, key: value}, "")
    assert f"'{key}'" in told.value.message or f"«\u00a0{key}\u00a0»" in told.value.message


@pytest.mark.parametrize("readers", ["players", "everyone", "outside"])
@pytest.mark.parametrize(
    "block",
    ["directory", "objectives", "synopsis", "actor-cards", "chronogram", "stimuli", "conduct",
     "call-down", "decisions", "retroplanning", "observation-sheet"],
)  # fmt: skip
def test_who_does_not_run_the_exercise_gets_no_block_of_the_animation(
    readers: str, block: str
) -> None:
    with pytest.raises(UserError, match=block):
        text_of("{{" + block + "}}", readers=readers)


def test_outsiders_and_passers_by_get_no_directory_of_the_game() -> None:
    text_of("{{game-directory}}", readers="players")
    for readers in ("everyone", "outside"):
        with pytest.raises(UserError):
            text_of("{{game-directory}}", readers=readers)


def test_a_block_that_does_not_exist_is_refused_even_inside_a_sentence() -> None:
    with pytest.raises(UserError, match="stimulus"):
        text_of("voir {{ stimulus }} ici")


def test_a_variable_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="structur"):
        text_of("pour ${structur}")


def test_every_block_that_may_be_named_can_be_made() -> None:
    assert set(MAKERS) == FOR_ANIMATION


def test_a_text_concerns_the_levels_and_sectors_that_it_names() -> None:
    text = text_of("", sectors=["esms"], levels=["beginner", "advanced"])
    assert text.concerns("beginner", "esms")
    assert not text.concerns("beginner", "es")
    assert not text.concerns("intermediate", "esms")
    assert text.concerns("", "")
    assert KitText("a", "a", "animator", "players", ("pdf",), "").concerns("advanced", "es")
