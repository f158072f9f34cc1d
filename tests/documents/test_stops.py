"""When the exercise stood still, and for how long."""

from cyberex.documents.stops import StopKind
from cyberex.facts import commands as ask
from cyberex.facts.model import GapAnswer
from tests.documents.games import MIN, Table, created_of
from tests.views.builders import plan_of, stimulus


def table() -> Table:
    made = Table(plan_of(stimulus("s01", 0, 2)), created_of({}))
    made.ask(ask.GiveDebex())
    made.until(MIN)
    return made


def stops(made: Table) -> list[tuple[StopKind, int | None]]:
    return [
        (stop.kind, None if stop.length_ms is None else stop.length_ms // MIN)
        for stop in made.game().stops
    ]


def test_a_pause_lasts_until_the_game_goes_on() -> None:
    made = table()
    made.ask(ask.Pause(reason=made.say("coffee")))
    made.wait(7)
    made.ask(ask.Resume())
    assert stops(made) == [(StopKind.PAUSE, 7)]
    assert made.game().text(made.game().stops[0].reason) == "coffee"


def test_a_real_stop_ends_where_it_is_lifted_and_a_pause_follows() -> None:
    made = table()
    made.ask(ask.CallRealStop())
    made.wait(3)
    made.ask(ask.LiftRealStop())
    made.wait(2)
    made.ask(ask.Resume())
    assert stops(made) == [(StopKind.REAL_STOP, 3), (StopKind.PAUSE, 2)]


def test_an_interruption_is_told_apart_from_the_pause_it_leads_to() -> None:
    made = table()
    made.wait(10)
    made.ask(ask.ReportGap(gap_ms=10 * MIN))
    made.wait(1)
    made.ask(ask.AnswerGap(answer=GapAnswer.PAUSE))
    made.ask(ask.Resume())
    assert stops(made) == [(StopKind.INTERRUPTION, 10), (StopKind.PAUSE, 1)]


def test_an_interruption_counted_as_played_is_no_time_passed_over() -> None:
    made = table()
    made.wait(5)
    made.ask(ask.ReportGap(gap_ms=5 * MIN))
    made.wait(-5)  # exercise time catches up with the room
    made.ask(ask.AnswerGap(answer=GapAnswer.PLAYED))
    made.ask(ask.Resume())
    assert [stop.as_played for stop in made.game().stops] == [True]
    assert made.game().advanced_ms == 0


def test_an_advance_is_time_passed_over() -> None:
    made = table()
    made.ask(ask.Advance(to_ms=11 * MIN))
    assert made.game().advanced_ms == 10 * MIN


def test_a_stop_that_lasts_has_no_length_yet() -> None:
    made = table()
    made.ask(ask.Pause())
    assert stops(made) == [(StopKind.PAUSE, None)]


def test_finex_ends_the_pause_it_is_given_in() -> None:
    made = table()
    made.ask(ask.Pause())
    made.wait(4)
    made.ask(ask.GiveFinex())
    assert stops(made) == [(StopKind.PAUSE, 4)]
