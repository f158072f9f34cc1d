"""The log on paper: every line, both hours, what was struck out, nothing that acts."""

import csv
import io
import re
from datetime import UTC, datetime
from itertools import pairwise

from cyberex.documents.log import log_csv, log_markdown, log_rows
from cyberex.facts import commands as ask
from cyberex.facts.model import Mark
from tests.documents.games import MIN, PARIS, Table, beginner, created_of
from tests.views.builders import plan_of, stimulus

NASTY = '=cmd|"/c calc"!A1 | <script>alert(1)</script> 🚑 \u202eשלום\n`x` *y*'


def table() -> Table:
    made = Table(plan_of(stimulus("s01", 0, 2), stimulus("s02", 1, 5)), created_of({}))
    made.ask(ask.StartBriefing())
    made.until(0)
    made.ask(ask.GiveDebex())
    made.until(3 * MIN)
    return made


def cells(row: str) -> list[str]:
    """The cells of a Markdown row: pipes that are not escaped separate them."""
    return re.split(r"(?<!\\)\|", row)[1:-1]


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_every_line_of_the_log_is_in_both_documents() -> None:
    game = beginner()
    rows = [line for line in log_markdown(game).splitlines() if line.startswith("| ")]
    assert len(rows) - 2 == len(game.board.log.lines) == len(csv_rows(log_csv(game)))


def test_all_rows_of_the_markdown_have_as_many_cells_as_the_heading() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say(NASTY)))
    rows = [line for line in log_markdown(made.game()).splitlines() if line.startswith("|")]
    assert all(len(cells(a)) == len(cells(b)) for a, b in pairwise(rows))


def test_what_is_markup_in_a_note_is_shown_and_does_nothing() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say(NASTY)))
    text = log_markdown(made.game())
    assert "<script" not in text
    assert "\\`x\\` \\*y\\*" in text
    assert "🚑" in text
    assert "\u202e" not in text


def test_a_cell_that_could_be_a_formula_is_quoted_in_the_spreadsheet() -> None:
    created = created_of({})
    made = Table(plan_of(stimulus("=s01", 0, 2)), created)
    made.ask(ask.GiveDebex())
    made.until(3 * MIN)
    for row in csv.reader(io.StringIO(log_csv(made.game())), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_accents_and_signs_come_back_from_the_spreadsheet_as_they_were() -> None:
    said = 'Où ; « là »\u202f? "vraiment" €'
    made = table()
    made.ask(ask.AddNote(text=made.say(said)))
    text = log_csv(made.game())
    assert text.startswith("\ufeff")
    # clean_line makes one space of each run of white space.
    assert 'Où ; « là » ? "vraiment" €' in list(csv_rows(text)[-1].values())[8]


def test_hours_are_those_of_the_room_and_of_the_fiction() -> None:
    row = next(row for row in log_rows(table().game()) if "S01" in row.sentence)
    assert (row.hour, row.since, row.fiction[-5:]) == ("09:32:00", "T+00:02:00", "08:32")


def test_an_early_debex_is_at_zero() -> None:
    made = Table(plan_of(), created_of({}))
    made.ask(ask.StartBriefing())
    made.ask(ask.GiveDebex())
    assert next(row for row in log_rows(made.game()) if row.sentence == "DEBEX").since[:9] == (
        "T+00:00:0"
    )


def test_a_back_dated_note_shows_both_hours() -> None:
    made = table()
    about = datetime(2027, 3, 8, 9, 35, tzinfo=PARIS).astimezone(UTC).isoformat()
    made.ask(ask.AddNote(text=made.say("late"), about_wall=about))
    row = log_rows(made.game())[-1]
    assert "09:35" in row.hours
    assert "09:33:00" in row.hours
    assert list(csv_rows(log_csv(made.game()))[-1].values())[2:4] == ["09:33:00", "09:35"]


def test_a_withdrawn_line_is_struck_out_and_still_legible() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say("wrong")))
    made.ask(ask.Undo(undoes=f"r{made.asked}"))
    text = log_markdown(made.game())
    assert re.search(r"~~[^~|]*wrong~~", text)
    withdrawn = [row for row in csv_rows(log_csv(made.game())) if list(row.values())[-1]]
    assert ["wrong" in " ".join(row.values()) for row in withdrawn] == [True]


def test_the_side_of_the_basket_is_shown() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say("good")))
    made.ask(ask.MarkLine(line=len(made.records), mark=Mark.PLUS))
    row = next(row for row in log_rows(made.game()) if "good" in row.sentence)
    assert row.mark is Mark.PLUS


def test_a_line_of_another_day_says_its_day() -> None:
    made = table()
    made.wait(24 * 60)
    made.ask(ask.AddNote(text=made.say("next morning")))
    assert log_rows(made.game())[-1].hour == "09/03 09:33:00"


def test_an_erased_text_leaves_its_line() -> None:
    made = table()
    made.ask(ask.AddNote(text=made.say("private")))
    made.said.clear()
    text = log_markdown(made.game())
    assert "private" not in text
    assert "erased" in text
