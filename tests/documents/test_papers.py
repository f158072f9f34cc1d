"""The papers around the game: what each room signs, rings, ticks, and what none of them tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cyberex import i18n
from cyberex.documents.papers import papers_of, write_papers
from tests.documents.test_sheets import PEOPLE, Page, plan_of, to_come, words_of

SEEN_BY_PLAYERS = ("attendance", "call-down-list", "phone-check", "data-notice")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def paper(name: str, notice: str = "") -> str:
    return words_of(papers_of(to_come(), notice)[f"{name}.html"])


def test_everybody_has_a_line_to_sign_once() -> None:
    said = paper("attendance")
    assert [said.count(person.name) for person in PEOPLE] == [1] * len(PEOPLE)


def test_the_call_down_list_has_every_room_and_all_the_animation() -> None:
    said = paper("call-down-list")
    assert "Cellule de crise" in said
    assert all(person.name in said for person in PEOPLE if person.task)
    assert all(column in said for column in ("REAL STOP at", "Lifted at", "FINEX at"))


def test_a_voice_that_nobody_holds_is_on_the_call_down_list() -> None:
    game = to_come(tuple(person for person in PEOPLE if person.id != "a02"))
    assert "animator-2" in words_of(papers_of(game)["call-down-list.html"])


def test_every_line_is_checked_in_both_directions() -> None:
    said = paper("phone-check")
    assert "Animation rings it" in said
    assert "It rings the animation" in said
    lines = {actor.phone for actor in plan_of().actors.values() if actor.phone}
    lines |= {number for person in PEOPLE for number in (person.phone, person.mobile) if number}
    assert [line for line in lines if line not in said] == []


def test_nothing_of_the_story_is_on_what_players_see() -> None:
    plan = plan_of()
    secrets = [plan.title]
    secrets += [item.title for item in plan.stimuli.values()]
    secrets += [actor.title for actor in plan.actors.values()]
    secrets += [jump.title for jump in plan.jumps.values()]
    secrets += [decision.title for decision in plan.decisions.values()]
    for name in SEEN_BY_PLAYERS:
        said = paper(name)
        assert [secret for secret in secrets if secret in said] == []


def test_players_have_a_directory_of_whom_they_may_call() -> None:
    said = paper("game-directory")
    plan = plan_of()
    reached = [actor for actor in plan.actors.values() if actor.phone or actor.email]
    assert reached
    for actor in reached:
        assert actor.title in said
        assert (actor.phone or actor.email) in said
    assert [a.title for a in plan.actors.values() if a not in reached and a.title in said] == []


def test_the_directory_tells_nothing_but_names_and_numbers() -> None:
    said = paper("game-directory")
    plan = plan_of()
    secrets = [plan.title, *(item.title for item in plan.stimuli.values())]
    for actor in plan.actors.values():
        secrets += [actor.brief, actor.played_by]
        secrets += [actor.reply.text] if actor.reply else []
    assert [secret for secret in secrets if secret and secret in said] == []


def test_each_role_has_a_card_with_its_brief_and_the_rules() -> None:
    plan = plan_of()
    rich = replace(
        plan,
        roles={name: replace(role, brief=f"Brief of {name}.") for name, role in plan.roles.items()},
        rules=("Call nobody outside the directory.",),
    )
    html = papers_of(replace(to_come(), plan=rich))["role-cards.html"]
    said = words_of(html)
    for role in rich.roles.values():
        assert role.title in said
        assert role.brief in said
    assert said.count("Call nobody outside the directory.") == len(rich.roles)
    assert "For the animation only" not in said
    assert plan.title not in said
    assert Page(html).wrong == []


def test_papers_that_tell_the_story_are_for_the_animation_only() -> None:
    for name in ("go-no-go", "finex", "handouts"):
        assert "For the animation only" in paper(name)


def test_a_room_that_says_no_go_is_asked_each_by_name() -> None:
    said = paper("go-no-go")
    assert "Cellule de crise" in said
    assert "Animation room" in said


def test_finex_collects_every_numbered_handout() -> None:
    stimuli = plan_of().stimuli
    given = {**stimuli, "s16": replace(stimuli["s16"], handout="2")}
    game = replace(to_come(), plan=replace(plan_of(), stimuli=given))
    page = papers_of(game)["finex.html"]
    assert re.findall(r'<th scope="row" class="narrow">(\d)</th>', page) == ["1", "2"]


def test_handouts_are_in_the_order_of_their_numbers() -> None:
    stimuli = plan_of().stimuli
    numbers = {"s01": "10", "s13": "2"}
    given = {
        key: replace(item, handout=numbers.get(key, item.handout)) for key, item in stimuli.items()
    }
    game = replace(to_come(), plan=replace(plan_of(), stimuli=given))
    said = words_of(papers_of(game)["handouts.html"])
    assert said.index("S13 La note") < said.index("S01 Six postes")
    assert "S16 Bandeau" in said  # shown or handed, with no number yet


def test_the_notice_is_the_text_given_or_a_plain_one() -> None:
    assert "Notre notice. Deuxième paragraphe." in paper(
        "data-notice", "Notre notice.\n\nDeuxième paragraphe."
    )
    plain = paper("data-notice")
    assert "three months at most" in plain
    assert "that cell and the observers too" in plain


@pytest.mark.parametrize("language", ["fr", "en"])
def test_papers_are_well_formed_and_load_nothing(language: str) -> None:
    i18n.set_language(language)
    for html in papers_of(to_come()).values():
        page = Page(html)
        assert (page.wrong, page.outside) == ([], [])
        assert not re.search(r"https?:|url\(|@import", html)
        assert i18n._("EXERCISE") in page.text


def test_hostile_names_and_notices_stay_texts() -> None:
    bad = "<img src=x onerror=alert(1)>\u202e"
    people = tuple(replace(person, name=bad, function=bad, phone=bad) for person in PEOPLE)
    for html in papers_of(to_come(people), bad).values():
        page = Page(html)
        assert (page.wrong, page.outside) == ([], [])
        assert "\u202e" not in html


def test_papers_can_be_made_for_an_exercise_without_people() -> None:
    assert "Cellule de crise" in words_of(papers_of(to_come(()))["attendance.html"])


def test_papers_never_replace_one_another(tmp_path: Path) -> None:
    first, second = write_papers(to_come(), tmp_path), write_papers(to_come(), tmp_path)
    assert len(set(first) | set(second)) == 18
