"""What left by itself and what players wrote, in the log and in the report."""

from cyberex.documents.leaving import leaving
from cyberex.documents.log import log_csv, log_rows
from cyberex.documents.report import report_of
from cyberex.documents.report_md import markdown_of
from cyberex.facts import commands as ask
from cyberex.facts import delivery_commands as outgoing
from cyberex.facts.model import CellLineKind, Outbox
from tests.documents.games import MIN, PEOPLE, Table, beginner, created_of
from tests.views.builders import CELLS, plan_of, stimulus

EMAIL = ("email",)


def table() -> Table:
    """The portal shows to the board what a mail brings to the technicians; it fails once."""
    plan = plan_of(
        stimulus("s01", 0, 2, via="mail", cells=CELLS), stimulus("s02", 1, 5, via="mail")
    )
    made = Table(plan, created_of({}))
    made.ask(outgoing.StartContactTest(people=("p01",)))
    made.ask(outgoing.ConfirmMail())
    made.ask(outgoing.OpenOutbox(outbox=Outbox.MAIL, cell="tech", kinds=EMAIL))
    made.ask(outgoing.OpenOutbox(outbox=Outbox.PORTAL, cell="board", kinds=EMAIL))
    made.ask(ask.GiveDebex())
    made.until(3 * MIN)
    made.ask(ask.Acknowledge(stimulus="s01", cell="board"), by="head")
    return made


def fail(made: Table, stimulus: str, *, again: bool) -> None:
    made.ask(outgoing.AttemptDelivery(stimulus=stimulus, cell="tech", message="<m>"))
    made.ask(outgoing.ReportFailure(stimulus=stimulus, cell="tech", code="no-address", again=again))


def test_a_mail_that_failed_is_in_the_log_and_in_the_report() -> None:
    made = table()
    fail(made, "s01", again=False)
    game = made.game()
    failed = [row.sentence for row in log_rows(game) if "adresse" in row.sentence]
    assert len(failed) == 1
    assert "title of s01" in failed[0]
    text = markdown_of(report_of(game))
    assert failed[0] in text
    assert "title of s01, Tech" in text


def test_the_report_counts_what_reached_each_cell_without_an_animator() -> None:
    made = table()
    made.ask(outgoing.AttemptDelivery(stimulus="s01", cell="tech", message="<m>"))
    made.ask(outgoing.ReportSent(stimulus="s01", cell="tech"))
    made.until(6 * MIN)
    fail(made, "s02", again=True)
    lines = markdown_of(report_of(made.game())).splitlines()
    counts = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    assert ["Tech", "0", "0", "0", "1", "1"] in counts
    assert ["Board", "1", "1", "0", "0", "0"] in counts


def test_an_exercise_played_by_voice_alone_has_no_such_part() -> None:
    assert leaving(beginner()) == ()


def test_what_a_cell_wrote_is_in_the_log_with_its_author_and_does_nothing() -> None:
    made = table()
    line = outgoing.WriteCellLine(
        cell="tech",
        kind=CellLineKind.ACTION,
        text=made.say("<b>couper</b> le lien"),
        owner=made.say("=cmd"),
        due="10:30",
    )
    made.ask(line, by="p01")
    game = made.game(PEOPLE)
    row = log_rows(game)[-1]
    assert (row.cell, row.author) == ("Tech", "Directrice")
    assert "10:30" in row.sentence
    assert "couper" in log_csv(game)
    assert "<b>" not in markdown_of(report_of(game))
