"""What an animator with paper and a phone is given, before the exercise and in its middle."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cyberex import i18n
from cyberex.documents.sheets import (
    animator_sheet,
    director_sheet,
    rest_on_paper,
    sheets_of,
    write_rest_on_paper,
    write_sheets,
)
from cyberex.documents.sheets_game import PaperGame, game_as_it_stands, game_to_come
from cyberex.documents.sheets_print import printed_digest, printed_in
from cyberex.errors import UserError
from cyberex.facts import animation_commands as around
from cyberex.facts import commands as ask
from cyberex.facts.people import Person
from cyberex.facts.world_events import ContactLogged
from cyberex.plan.build import plan_from_json, plan_scenario
from cyberex.plan.graph import CHANNEL, Dependencies
from cyberex.plan.model import Plan
from cyberex.scenario.load import load_scenario, scenario_of_text
from cyberex.scenario.models import scenario_to_json
from tests.documents.games import MIN, NINE, SCENARIOS, Table, created_of

PEOPLE = (
    Person(id="p01", function="Directrice", cell="crisis", role="dir", name="Mme Claire Vasseur",
           phone="01 99 00 12 01", mobile="06 39 98 12 01", stand_in="p05"),
    Person(id="p05", function="Administrateur", cell="crisis", role="dir", name="M. Antoine Delmas",
           phone="01 99 00 12 05", mobile="06 39 98 12 05"),
    Person(id="p03", function="DSI", cell="crisis", role="it", name="M. Julien Forestier",
           phone="01 99 00 12 03", mobile="06 39 98 12 03"),
    Person(id="h01", task="animation_head", name="Mme Nathalie Roux", mobile="06 39 98 12 22"),
    Person(id="a01", task="animator", voice="animator-1", name="M. Thomas Leroy",
           phone="01 99 00 12 23"),
    Person(id="a02", task="animator", voice="animator-2", name="Mme Camille Bonnet"),
)  # fmt: skip

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """A page read back: its words, and what is wrong with its markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("script", "img", "link", "iframe", "object", "form", "a"):
            self.outside.append(tag)
        self.outside += [
            name for name, _value in attrs if name in ("src", "href", "style") or name[:2] == "on"
        ]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def words_of(html: str) -> str:
    return Page(html).text


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@cache
def plan_of(name: str = "beginner-es") -> Plan:
    loaded = load_scenario(SCENARIOS / f"{name}.yaml")
    assert loaded.scenario is not None
    plan = plan_scenario(loaded.scenario, loaded.source, NINE).plan
    assert plan is not None
    return plan


def to_come(people: tuple[Person, ...] = PEOPLE) -> PaperGame:
    return game_to_come(plan_of(), people, NINE, facility="CH de Test")


def begun(until_ms: int = 13 * MIN) -> Table:
    loaded = load_scenario(SCENARIOS / "beginner-es.yaml")
    assert loaded.scenario is not None
    table = Table(plan_of(), created_of(dict(scenario_to_json(loaded.scenario))))
    table.ask(ask.StartBriefing())
    table.until(0)
    table.ask(ask.GiveDebex())
    table.until(until_ms)
    return table


def now(table: Table) -> PaperGame:
    """As it stands, the room's clock being that of the table."""
    room = NINE + timedelta(milliseconds=table.engine.now_ms) + table.stood
    return game_as_it_stands(table.game(PEOPLE), table.engine.now_ms, room)


def cards(html: str) -> dict[str, str]:
    """Code -> what its card says."""
    found = re.findall(r'<article class="card">(.*?)</article>', html, re.DOTALL)
    shown = [words_of(f"<div>{card}</div>") for card in found]
    return {text.split()[0]: text for text in shown}


def test_each_stimulus_is_on_the_sheet_of_exactly_one_animator() -> None:
    pages = sheets_of(to_come())
    heads = [name for name in pages if name.startswith("sheet-head")]
    codes = [code for name, page in pages.items() if name not in heads for code in cards(page)]
    assert sorted(codes) == sorted(item.upper() for item in plan_of().stimuli)


@pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
def test_every_shipped_scenario_gives_well_formed_sheets(name: str) -> None:
    pages = sheets_of(game_to_come(plan_of(name), (), NINE))
    assert [Page(page).wrong for page in pages.values()] == [[]] * len(pages)
    codes = [code for file, page in pages.items() if "head" not in file for code in cards(page)]
    assert sorted(codes) == sorted(item.upper() for item in plan_of(name).stimuli)


def test_the_sheet_is_that_of_whoever_voices_the_sender() -> None:
    mine = cards(animator_sheet(to_come(), "animator-1"))
    senders = {plan_of().stimuli[code.lower()].sender for code in mine}
    assert {plan_of().actors[sender].played_by for sender in senders} == {"animator-1"}


def test_a_stimulus_that_nobody_voices_has_a_sheet_of_its_own() -> None:
    plan = plan_of()
    mute = {**plan.actors, "samu": replace(plan.actors["samu"], played_by="")}
    pages = sheets_of(game_to_come(replace(plan, actors=mute), PEOPLE, NINE))
    assert "S07" in cards(pages["sheet-no-voice.html"])
    assert "S07" not in cards(pages["sheet-animator-2-mme-camille-bonnet.html"])


def test_a_card_holds_all_that_is_needed_to_play_it() -> None:
    card = cards(animator_sheet(to_come(), "animator-1"))["S03"]
    stimulus = plan_of().stimuli["s03"]
    needed = [
        "T+12", "Monday 09:12", "★ essential",
        "Téléphone fixe", "You are: M. Gauthier", "01 99 00 12 01", "06 39 98 12 01",
        "Mme Claire Vasseur", "M. Antoine Delmas", "Téléphone mobile de crise",
        stimulus.text, stimulus.if_stuck, stimulus.remarks, "Real time", "Who answered",
        *(one.text for one in stimulus.expectations),
    ]  # fmt: skip
    assert [text for text in needed if " ".join(text.split()) not in card] == []


def test_a_stimulus_for_two_cells_has_a_line_to_write_for_each() -> None:
    game = game_to_come(plan_of("intermediate-es"), (), NINE)
    card = cards(animator_sheet(game, "animator-1"))["S19"]
    assert card.count("Real time – ") == len(plan_of("intermediate-es").stimuli["s19"].legs) == 2


def test_a_visit_says_where_to_go_and_when_to_leave() -> None:
    card = cards(animator_sheet(to_come(), "animator-1"))["S06"]
    assert "Salle du conseil, 3 min away – LEAVE AT T+17" in card


def test_a_handout_says_its_number() -> None:
    assert "To hand over: handout no. 1" in cards(animator_sheet(to_come(), "animator-1"))["S13"]


def test_a_conditional_stimulus_says_its_condition_and_what_becomes_of_it() -> None:
    card = cards(animator_sheet(to_come(), "animator-1"))["S11"]
    assert "Incident déclaré au CERT Santé" in card
    assert "no later than T+80, otherwise: it is dropped" in card


def test_an_actor_says_on_which_line_they_answer_and_what() -> None:
    page = words_of(animator_sheet(to_come(), "animator-2"))
    assert "Dr Vidal, médecin régulatrice du SAMU Answers on: 01 99 00 40 07" in page
    assert "reply within 1 min to 3 min" in page
    assert "Je prends votre position" in page


def test_a_jump_is_on_every_sheet_with_its_bulletin() -> None:
    for voice in ("animator-1", "animator-2"):
        page = words_of(animator_sheet(to_come(), voice))
        assert page.count("JUMP: the game goes to 14:00") == 1
        assert "18 patients présents" in page


def test_the_head_of_animation_has_what_is_read_aloud_before_debex() -> None:
    plan = replace(plan_of(), briefing_text="Welcome to all.", rules=("Say EXERCISE first.",))
    page = words_of(director_sheet(replace(to_come(), plan=plan)))
    assert page.index("Welcome to all.") < page.index("Say EXERCISE first.")
    assert page.index("Say EXERCISE first.") < page.index("Chronogram, all voices")


def test_the_head_of_animation_has_every_code_every_branch_and_every_bulletin() -> None:
    page = words_of(director_sheet(to_come()))
    assert [item for item in plan_of().stimuli if item.upper() not in page] == []
    for decision in plan_of().decisions.values():
        assert all(outcome.title in page for outcome in decision.outcomes.values())
    (jump,) = plan_of().jumps.values()
    for bulletin in (jump.bulletin, *(variant.bulletin for variant in jump.variants)):
        assert " ".join(bulletin.split()) in page
    assert "REAL STOP" in page
    assert all(person.name in page for person in PEOPLE if person.task)


def test_hours_of_the_room_are_told_once_debex_is_given_only() -> None:
    assert "10:00 (T+30)" not in words_of(director_sheet(to_come()))
    card = cards(animator_sheet(now(begun()), "animator-2"))["S04"]
    assert "09:45 (T+15)" in card


def test_a_pause_moves_the_hours_of_the_room_and_not_those_of_the_game() -> None:
    table = begun()
    table.ask(ask.Pause())
    table.wait(10)
    card = cards(animator_sheet(now(table), "animator-2"))["S04"]
    assert "09:55 (T+15)" in card
    assert "Monday 09:15" in card


def test_a_planned_break_moves_what_comes_after_it() -> None:
    table = begun()
    table.ask(around.PlanBreak(at_ms=20 * MIN, length_ms=10 * MIN))
    mine = cards(animator_sheet(now(table), "animator-2"))
    assert "09:45 (T+15)" in mine["S04"]
    assert "10:04 (T+24)" in mine["S07"]


def test_after_a_shift_the_new_hours_are_there_and_the_old_are_gone() -> None:
    table = begun()
    table.ask(ask.ShiftStimulus(stimulus="s04", by_ms=5 * MIN))
    card = cards(animator_sheet(now(table), "animator-2"))["S04"]
    assert "09:50 (T+20)" in card
    assert "T+15" not in card
    assert "09:50 (T+20)" in words_of(director_sheet(now(table)))


def test_computed_hours_follow_the_hour_at_which_the_text_is_said() -> None:
    game = tiny_game()
    assert "à 09:10." in cards(animator_sheet(game, "animator-1"))["S02"]
    spare = cards(animator_sheet(game, "animator-1"))["V01"]
    assert "à [hour of the call + 1 h]." in spare


def test_what_the_director_typed_replaces_the_author_s_text() -> None:
    table = begun()
    edit = ask.EditStimulus(stimulus="s07", text=table.say("Exercice. Nouveau texte du SAMU."))
    table.ask(edit)
    card = cards(animator_sheet(now(table), "animator-2"))["S07"]
    assert "Nouveau texte du SAMU" in card
    assert "douleur à la poitrine" not in card


def test_what_is_done_is_in_a_short_list_and_no_card_any_more() -> None:
    page = animator_sheet(now(begun()), "animator-1")
    assert "S01" not in cards(page)
    assert "T+6 S01 Six postes figés" in words_of(page)


def test_a_skipped_stimulus_is_not_to_be_played_any_more() -> None:
    table = begun()
    table.ask(ask.SkipStimulus(stimulus="s07"))
    page = animator_sheet(now(table), "animator-2")
    assert "S07" not in cards(page)
    assert "skipped (by the director)" in words_of(page)


def test_a_call_that_waits_is_to_be_done_now() -> None:
    table = begun(0)
    table.performing = False
    table.until(7 * MIN)
    assert "TO DO NOW" in cards(animator_sheet(now(table), "animator-1"))["S01"]


def test_a_reassigned_actor_moves_to_the_other_sheet() -> None:
    table = begun()
    table.ask(around.AssignVoice(voice="animator-1", actor="samu"))
    assert "S07" in cards(animator_sheet(now(table), "animator-1"))
    other = animator_sheet(now(table), "animator-2")
    assert "S07" not in cards(other)
    assert "Answers on: 01 99 00 40 07" not in words_of(other)


def test_a_call_back_that_was_promised_is_on_the_sheet_of_its_voice_until_given() -> None:
    table = begun()
    (logged, *_) = table.ask(ask.LogContact(actor="samu", cell="crisis"))
    assert isinstance(logged, ContactLogged)
    table.ask(around.DetailContact(contact=logged.contact, promise_ms=4 * MIN))
    owed = "09:47 (T+17) Dr Vidal, médecin régulatrice du SAMU Cellule de crise"
    assert owed in words_of(animator_sheet(now(table), "animator-2"))
    assert owed not in words_of(animator_sheet(now(table), "animator-1"))
    assert owed in words_of(rest_on_paper(now(table)))


def test_an_absent_role_sends_to_the_stand_in() -> None:
    table = begun()
    table.ask(around.MarkAbsent(role="dir"))
    assert "Direction – AWAY" in cards(animator_sheet(now(table), "animator-2"))["S04"]


def test_a_line_that_should_be_cut_by_then_says_which_other_to_use() -> None:
    table = begun()
    table.ask(ask.SettleDecision(decision="isolation", outcome="cut"))
    card = cards(animator_sheet(now(table), "animator-1"))["S18"]
    assert "Téléphone fixe SHOULD BE CUT in the game by then" in card
    assert "Téléphone mobile de crise 06 39 98 12 01" in card


def test_once_finex_is_given_nothing_remains() -> None:
    table = begun()
    table.ask(ask.GiveFinex())
    assert cards(rest_on_paper(now(table))) == {}


def test_what_remains_is_on_one_page_for_everybody() -> None:
    game = now(begun())
    every = cards(animator_sheet(game, "animator-1")) | cards(animator_sheet(game, "animator-2"))
    assert cards(rest_on_paper(game)) == every
    assert "S04" in every


def test_the_edition_and_the_digest_are_on_top_of_every_page() -> None:
    table = begun(25 * MIN)
    page = words_of(animator_sheet(now(table), "animator-1"))
    digest = printed_digest(plan_of(), PEOPLE)
    assert page.count(f"edition of 09:55, T+25 – print {digest}") == 3  # title, running, subtitle


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_are_well_formed_and_load_nothing(language: str) -> None:
    i18n.set_language(language)
    game = now(begun(25 * MIN))
    for html in (*sheets_of(game).values(), rest_on_paper(game)):
        page = Page(html)
        assert (page.wrong, page.outside) == ([], [])
        assert "default-src &#x27;none&#x27;" in html
        assert not re.search(r"https?:|url\(|@import", html)


def test_every_printed_page_bears_the_word_exercise() -> None:
    for html in sheets_of(to_come()).values():
        running = re.search(r'<div class="running"[^>]*>.*?</div>', html)
        assert running is not None
        assert "EXERCISE" in running[0]


def test_a_rehearsal_says_so() -> None:
    game = game_to_come(plan_of(), PEOPLE, NINE, rehearsal=True)
    assert "EXERCISE – REHEARSAL" in words_of(director_sheet(game))


def test_hostile_texts_stay_texts() -> None:
    bad = "<script>alert(1)</script>\u202e\x1b[2J\"'&"
    plan = plan_of()
    actors = {
        key: replace(item, title=bad, brief=bad, phone=bad) for key, item in plan.actors.items()
    }
    stimuli = {
        key: replace(item, title=bad, text=bad, remarks=bad, if_stuck=bad, handout=bad)
        for key, item in plan.stimuli.items()
    }
    people = tuple(replace(person, name=bad, phone=bad, function=bad) for person in PEOPLE)
    hostile = replace(plan, title=bad, actors=actors, stimuli=stimuli)
    game = game_to_come(hostile, people, NINE, facility=bad)
    for name, html in {**sheets_of(game), "rest": rest_on_paper(game)}.items():
        page = Page(html)
        assert (page.wrong, page.outside) == ([], [])
        assert "\u202e" not in html
        assert "\x1b" not in html
        assert re.fullmatch(r"[a-z0-9.-]+", name)


def test_the_digest_is_the_same_from_the_file_and_from_the_journal() -> None:
    table = begun(0)
    from_journal = plan_from_json(table.created.scenario, datetime(2030, 1, 1, tzinfo=NINE.tzinfo))
    assert printed_digest(from_journal, PEOPLE[::-1]) == printed_digest(plan_of(), PEOPLE)


@pytest.mark.parametrize("change", ["text", "phone", "needs"])
def test_the_digest_tells_a_change(change: str) -> None:
    plan, people = plan_of(), PEOPLE
    if change == "text":
        stimuli = {**plan.stimuli, "s01": replace(plan.stimuli["s01"], text="Autre")}
        plan = replace(plan, stimuli=stimuli)
    elif change == "phone":
        people = (replace(people[0], phone="01 99 00 00 00"), *people[1:])
    else:
        free = dict.fromkeys((*plan.assets, *(CHANNEL + item for item in plan.channels)), ())
        plan = replace(plan, dependencies=Dependencies(free))
    assert printed_digest(plan, people) != printed_digest(plan_of(), PEOPLE)


def test_an_edition_never_replaces_another(tmp_path: Path) -> None:
    first = write_sheets(to_come(), tmp_path)
    before = {path: path.read_bytes() for path in first}
    second = write_sheets(to_come(), tmp_path)
    assert {path.name for path in first} == {path.name for path in second}
    assert set(first).isdisjoint(second)
    assert {path: path.read_bytes() for path in first} == before


def test_what_was_printed_is_remembered_beside_it(tmp_path: Path) -> None:
    path = write_rest_on_paper(now(begun()), tmp_path)
    record = json.loads((path.parent / ".printed.json").read_text("utf-8"))
    digest = printed_digest(plan_of(), PEOPLE)
    wall_at = (NINE + timedelta(minutes=13)).isoformat()
    assert record == {"what": "rest", "digest": digest, "wall_at": wall_at}
    assert [item.what for item in printed_in(tmp_path)] == ["rest"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(UserError, match="cannot be written"):
        write_sheets(to_come(), tmp_path / "file")


def test_a_game_that_starts_at_the_room_s_hour_tells_no_hour_of_its_own_before_debex() -> None:
    game = tiny_game(TINY.replace("lundi 12 janvier 2026 09:00", "now"))
    card = cards(animator_sheet(game, "animator-1"))["S02"]
    assert "in the game" not in card
    assert "à [hour of the call + 5 min]." in card


TINY = """\
cyberex: 1
id: tiny
title: Deux appels
timing: {startex: lundi 12 janvier 2026 09:00, play: 20 min}
cells: [{id: crisis, title: Cellule de crise}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors: [{id: nurse, title: Mme Lenoir, kind: staff, played_by: animator-1}]
channels: [{id: mobile, title: Mobile}]
stimuli:
  - {id: s02, at: T+5, from: nurse, to: [it], via: mobile, title: Deux,
     text: "Exercice, à ${+5 min}."}
reserve:
  - {id: v01, from: nurse, to: [it], via: mobile, title: Trois, text: "Exercice, à ${+1 h}."}
"""


def tiny_game(text: str = TINY) -> PaperGame:
    loaded = scenario_of_text(text, "tiny.yaml")
    assert loaded.scenario is not None, loaded.problems
    plan = plan_scenario(loaded.scenario, loaded.source, NINE).plan
    assert plan is not None
    return game_to_come(plan, (), NINE)
