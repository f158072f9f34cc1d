"""The report of the hot debrief, written from a game that was really played."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from cyberex.documents.report import report_of, write_report
from cyberex.documents.report_html import html_of
from cyberex.documents.report_md import markdown_of
from cyberex.errors import UserError
from cyberex.facts import commands as ask
from cyberex.facts.model import DebriefKind, Mark, Speaker, Tick
from cyberex.facts.people import Person
from tests.documents.games import MIN, PEOPLE, Table, beginner, created_of
from tests.views.builders import expectation, plan_of, stimulus

VOID = {"meta", "br", "circle", "line", "polygon"}
NASTY = '<script>alert(1)</script> "quoted" & | `x` 🚑 \u202eשלום'


@dataclass
class Seen(HTMLParser):
    """Which elements a page holds; `open` must be empty at its end."""

    open: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    found.close()
    return found


def table(*, rehearsal: bool = False) -> Table:
    plan = plan_of(
        stimulus("s01", 0, 2, expect=(expectation("e1", reaches="crisis"),)),
        stimulus("s02", 1, 5),
    )
    made = Table(plan, created_of({}, rehearsal=rehearsal))
    made.ask(ask.GiveDebex())
    made.until(3 * MIN)
    return made


def said(made: Table, kind: DebriefKind, speaker: Speaker, text: str) -> None:
    made.ask(ask.AddDebriefNote(kind=kind, speaker=speaker, text=made.say(text)))


def pages(made: Table, people: tuple[Person, ...] = ()) -> tuple[str, str]:
    paper = report_of(made.game(people))
    return markdown_of(paper), html_of(paper)


# The two forms


def test_the_page_is_well_formed_and_closed() -> None:
    assert seen(html_of(report_of(beginner()))).open == []


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = html_of(report_of(beginner()))
    found = seen(page)
    names = {name for _, attributes in found.tags for name in attributes}
    assert names.isdisjoint({"src", "href", "srcset", "action", "data", "xlink:href"})
    assert not any(name.startswith("on") for name in names)
    assert {tag for tag, _ in found.tags}.isdisjoint({"script", "link", "iframe", "img", "object"})
    assert not re.search(r"url\(|@import|https?:", page)
    policy = [item for item in found.all("meta") if item.get("http-equiv")]
    assert [item["content"] for item in policy] == [
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    ]


def test_the_page_can_be_read_aloud() -> None:
    found = seen(html_of(report_of(beginner())))
    assert found.all("html")[0]["lang"]
    assert all(heading.get("scope") in ("col", "row") for heading in found.all("th"))
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for drawing in found.all("svg"):
        assert drawing["role"] == "img"
        assert drawing["aria-labelledby"]


def test_each_row_of_a_markdown_table_has_as_many_cells_as_its_heading() -> None:
    made = table()
    said(_over(made), DebriefKind.ACTION, Speaker.PLAYER, "a | b\n| --- |\nc")
    for text in (markdown_of(report_of(beginner())), pages(made)[0]):
        lines = groupby(text.splitlines(), key=lambda line: line.startswith("|"))
        for is_table, rows in lines:
            if is_table:
                assert len({len(re.split(r"(?<!\\)\|", row)) for row in rows}) == 1


@pytest.mark.parametrize("place", ["note", "debrief", "function"])
def test_hostile_text_is_shown_and_does_nothing(place: str) -> None:
    made = table()
    people = (Person(id="p1", role="cio", function=NASTY if place == "function" else "CIO"),)
    if place == "note":
        made.ask(ask.AddNote(text=made.say(NASTY)))
    _over(made)
    if place == "debrief":
        said(made, DebriefKind.POSITIVE, Speaker.PLAYER, NASTY)
    text, page = pages(made, people)
    found = seen(page)
    assert found.open == []
    assert found.all("script") == []
    assert '<script>alert(1)</script> "quoted" & | `x` 🚑' in "".join(found.texts)
    assert "<script" not in text
    assert "\u202e" not in page + text


def _over(made: Table) -> Table:
    made.ask(ask.GiveFinex())
    return made


# What it says


def test_every_page_bears_the_word_exercise() -> None:
    page = html_of(report_of(beginner()))
    running = page.index('class="running"')
    assert report_of(beginner()).mark in page[running : running + 200]
    assert "table-header-group" in page


def test_a_rehearsal_says_so() -> None:
    plain, rehearsed = report_of(table().game()), report_of(table(rehearsal=True).game())
    assert rehearsed.mark.startswith(plain.mark)
    assert rehearsed.mark != plain.mark


def test_people_appear_by_function_never_by_name() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say("x")), by="p02")
    text, page = pages(made, PEOPLE)
    for person in PEOPLE:
        assert person.name not in text + page
    assert "RSSI" in text


def test_the_facility_dates_stops_and_proof_are_there() -> None:
    text = markdown_of(report_of(beginner()))
    for wanted in (
        "Centre hospitalier du Val d'Aubelle", "2027", "09:30", "11:14", "T+92",
        "vraie alarme incendie", "EX-1", "ab" * 32, "0.1.0",
    ):  # fmt: skip
        assert wanted in text


def test_players_come_before_the_others_whoever_spoke_first() -> None:
    made = _over(table())
    for speaker in (Speaker.DIRECTOR, Speaker.ANIMATOR, Speaker.OBSERVER, Speaker.PLAYER):
        said(made, DebriefKind.IMPROVEMENT, speaker, f"by {speaker.value}")
    text = pages(made)[0]
    order = [text.index(f"by {who}") for who in ("player", "observer", "animator", "director")]
    assert order == sorted(order)


def test_reactions_partly_seen_are_counted_beside_those_seen() -> None:
    plan = plan_of(stimulus("s01", 0, 2, expect=(expectation("e1"), expectation("e2"))))
    made = Table(plan, created_of({}))
    made.ask(ask.GiveDebex())
    made.until(3 * MIN)
    made.ask(ask.TickExpectation(expectation="s01#1/e1", result=Tick.PARTLY))
    text, page = pages(made)
    assert "0 / 2 (1 en partie, 1 non renseignée)" in text
    assert "0 / 2 (1 en partie, 1 non renseignée)" in page


def test_a_proposed_action_leaves_owner_and_due_date_to_the_cold_debrief() -> None:
    made = _over(table())
    said(made, DebriefKind.ACTION, Speaker.PLAYER, "print the directory")
    row = next(row for row in pages(made)[0].splitlines() if "print the directory" in row)
    assert row.endswith("|  |  |")


def test_a_withdrawn_debrief_note_is_left_out() -> None:
    made = _over(table())
    said(made, DebriefKind.POSITIVE, Speaker.PLAYER, "said too fast")
    made.ask(ask.Undo(undoes=f"r{made.asked}"))
    assert "said too fast" not in pages(made)[0]


def test_a_withdrawn_line_of_the_log_is_struck_out() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say("wrong")))
    made.ask(ask.Undo(undoes=f"r{made.asked}"))
    text, page = pages(made)
    assert re.search(r"~~[^~|]*wrong~~", text)
    assert re.search(r"<del>[^<]*wrong</del>", page)


def test_lines_marked_during_play_are_gathered_good_ones_first() -> None:
    made = table()
    for text, mark in (("bad thing", Mark.MINUS), ("good thing", Mark.PLUS)):
        made.ask(ask.AddNote(text=made.say(text)))
        made.ask(ask.MarkLine(line=len(made.records), mark=mark))
    text = pages(made)[0]
    assert text.index("good thing") < text.index("bad thing")


def test_the_title_that_was_sent_is_the_one_reported() -> None:
    made = table()
    made.ask(ask.EditStimulus(stimulus="s02", title=made.say("Another title")))
    assert "Another title" in pages(made)[0]


def test_a_game_without_debrief_or_end_still_gives_a_report() -> None:
    made = Table(plan_of(), created_of({}))
    text, page = pages(made)
    assert text.count("## ") >= 6
    assert seen(page).open == []


def test_a_long_exercise_is_drawn_on_several_pictures() -> None:
    plan = plan_of(*(stimulus(f"s{n:03}", n, n) for n in range(90)))
    made = Table(plan, created_of({}))
    made.ask(ask.GiveDebex())
    made.until(30 * MIN)
    assert len(seen(pages(made)[1]).all("svg")) == 3


# On disk


def test_both_files_are_written_where_asked(tmp_path: Path) -> None:
    paths = write_report(beginner(), tmp_path / "made" / "here")
    assert [path.name for path in paths] == ["retex-a-chaud.md", "retex-a-chaud.html"]
    assert "Rançongiciel à l'hôpital" in paths[0].read_text(encoding="utf-8")
    assert sorted(tmp_path.joinpath("made/here").iterdir()) == sorted(paths)


def test_a_report_corrected_by_hand_is_never_replaced(tmp_path: Path) -> None:
    first = write_report(beginner(), tmp_path)
    first[0].write_text("corrected", encoding="utf-8")
    second = write_report(beginner(), tmp_path)
    assert [path.name for path in second] == ["retex-a-chaud-2.md", "retex-a-chaud-2.html"]
    assert first[0].read_text(encoding="utf-8") == "corrected"


def test_the_same_report_is_not_written_twice(tmp_path: Path) -> None:
    assert write_report(beginner(), tmp_path) == write_report(beginner(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="file"):
        write_report(beginner(), tmp_path / "file")
