"""Five minutes in which everything comes at once: nothing is lost, nothing takes three keys."""

from pathlib import Path

from cyberex.exercise.clocks import VirtualClocks
from cyberex.facts.model import CallOutcome, CellState
from cyberex.journal.verify import verify_chain
from cyberex.times import format_duration
from tests.console.seat import NINE, Seat, seated

STRESS = """\
cyberex: 1
id: stress
title: Tout à la fois
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins, place: Salle 2, travel: 2 min}
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: dir, title: Direction, cell: crisis}
  - {id: ward, title: Cadre, cell: care}
actors:
  - {id: nurse, title: "Mme Lenoir, infirmière", kind: staff, played_by: animator-1}
  - {id: press, title: "M. Da Costa, Le Courrier", kind: media, played_by: animator-2}
assets: [{id: pabx, title: Autocom}]
channels:
  - {id: phone, title: Téléphone, kind: phone, needs: [pabx], fallback: mobile}
  - {id: mobile, title: Mobile, kind: phone}
  - {id: visit, title: Visite, kind: visit}
milestones: [{id: declared, title: Incident déclaré}]
jumps:
  - {id: a01, at: T+0:14:30, to: lundi 14:00, title: Saut, bulletin: Il est 14 h.}
stimuli:
  - {id: s01, at: T+10, from: nurse, to: [it], via: mobile, importance: essential,
     title: Un, text: A}
  - {id: s02, at: T+11, from: press, to: [dir], via: mobile, title: Deux, text: B}
  - {id: s03, at: T+12, from: nurse, to: [ward], via: mobile, title: Trois, text: C}
  - {id: s04, at: T+13, unless: [declared], otherwise: skip, nature: nudge,
      from: nurse, to: [it], via: mobile,
     title: Relance, text: D}
  - {id: s05, at: T+14, from: nurse, to: [ward], via: visit, handout: 3, title: Visite, text: E}
  - {id: s06, at: T+20, from: press, to: [dir], via: mobile, title: Après, text: F}
"""
MOST_KEYS = 2


def oldest_in_sight(seat: Seat) -> None:
    """The call that waits longest, with its age, whatever is open."""
    sheet = seat.board.calls.oldest_waiting()
    if sheet is None:
        return
    line = seat.lines()[1]
    age = format_duration(seat.exercise.sim_ms() - sheet.since_ms)
    name = seat.app.desk.names.short_actor(sheet.sender)
    assert f"☎ {age}" in line, line
    assert name in line, line


async def saved_by(seat: Seat, *keys: str) -> None:
    """These keys put something in the journal, and the oldest call is seen after each."""
    assert len(keys) <= MOST_KEYS
    before = seat.board.seq
    for key in keys:
        await seat.press(key)
        oldest_in_sight(seat)
    assert seat.board.seq > before, keys


async def then(seat: Seat, *keys: str) -> None:
    """Details that come after what counts was saved."""
    for key in keys:
        await seat.press(key)
        oldest_in_sight(seat)


async def first_call_is_busy_and_players_declare(seat: Seat) -> None:
    await seat.play(10)
    oldest_in_sight(seat)
    await saved_by(seat, "b")
    await saved_by(seat, "a", "a")
    await then(seat, "1", "tab", "right", "enter")
    assert list(seat.board.world.milestones) == ["declared"]


async def second_call_has_no_answer_and_a_line_is_dead(seat: Seat) -> None:
    await seat.play(1)
    oldest_in_sight(seat)
    await saved_by(seat, "o")
    await saved_by(seat, "r", "a")
    await saved_by(seat, "a", "b")
    await then(seat, "tab", "tab", "tab", "right", "enter")
    assert seat.board.contacts.all[1].refused


async def third_call_a_visit_an_observer_and_a_player_who_leaves(seat: Seat) -> None:
    await seat.play(1)
    oldest_in_sight(seat)
    await saved_by(seat, "O", "a")
    await then(seat, "2")
    assert "PARTIR MAINTENANT" in seat.text()
    await then(seat, "4")
    await saved_by(seat, "enter", str(_letter_of_the_visit(seat)))
    await saved_by(seat, "A", "b")


def _letter_of_the_visit(seat: Seat) -> str:
    from cyberex.console.tasks import LeaveTask, all_tasks, is_now

    due = [task for task in all_tasks(seat.app.desk) if is_now(task)]
    place = next(place for place, task in enumerate(due) if isinstance(task, LeaveTask))
    return "abcdefgh"[place]


async def a_jump_then_the_real_stop(seat: Seat) -> None:
    await seat.play(2.5)
    oldest_in_sight(seat)
    assert seat.board.situation.pending_jumps
    await saved_by(seat, "j", "enter")
    await seat.play(0.5)
    oldest_in_sight(seat)
    await saved_by(seat, "f12")


async def five_minutes(seat: Seat) -> None:
    await first_call_is_busy_and_players_declare(seat)
    await second_call_has_no_answer_and_a_line_is_dead(seat)
    await third_call_a_visit_an_observer_and_a_player_who_leaves(seat)
    await a_jump_then_the_real_stop(seat)


def all_is_there(seat: Seat) -> None:
    board = seat.board
    waiting = {sheet.stimulus: sheet for sheet in board.calls.sheets}
    assert set(waiting) == {"s01", "s02", "s03", "s05"}
    assert [item.outcome for item in waiting["s01"].attempts] == [CallOutcome.BUSY]
    assert [item.outcome for item in waiting["s02"].attempts] == [CallOutcome.NO_ANSWER]
    assert [contact.actor for contact in board.contacts.all] == ["nurse", "press"]
    assert seat.status("s04#1") == "skipped"
    assert board.checklists.is_done("left/s05#1/care")
    assert list(board.presence.absent) == ["dir"]
    (crisis, _care) = board.load.cells(seat.exercise.sim_ms())
    assert crisis.state is CellState.OVERWHELMED
    assert board.situation.fiction(seat.exercise.sim_ms()).hour == 14
    assert board.situation.real_stop


async def test_five_minutes_of_stress_lose_nothing_and_never_take_three_keys(
    tmp_path: Path,
) -> None:
    async with seated(tmp_path, text=STRESS) as seat:
        await five_minutes(seat)
        assert seat.exercise.sim_ms() == 15 * 60_000
        all_is_there(seat)
        path = seat.exercise.journal_path
    assert verify_chain(path).ok
    async with seated(tmp_path, resumed=True, clocks=VirtualClocks(NINE)) as seat:
        all_is_there(seat)
