"""Several animators: one's tasks alone, what falls on one voice, who takes it over, who left."""

from cyberex.facts.commands import FireStimulus, SetAsset
from tests.console.seat import SCENARIO, WIDE, Seat, at_console

TWO_AT_ONCE = SCENARIO.replace(
    "id: s02\n    at: T+10\n    from: press", "id: s02\n    at: T+5\n    from: nurse"
)


@at_console()
async def test_a_filtered_list_shows_one_voice_and_the_header_the_oldest_of_all(
    seat: Seat,
) -> None:
    await seat.play(5)
    await seat.ask(FireStimulus(stimulus="s02"))
    await seat.press("w", "2", "2")
    assert "Je publie" in seat.text()
    assert "1 À faire" in seat.text() or "(1)" in seat.text()
    assert "Mme Lenoir" in seat.lines()[1]
    assert "animator-2" in seat.lines()[1]
    await seat.press("w", "0")
    assert "(2)" in seat.text()


@at_console(text=TWO_AT_ONCE)
async def test_two_calls_due_on_one_voice_are_told(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2")
    assert "‼ animator-1" in seat.text()
    assert "S01, S02" in seat.text()


@at_console(text=TWO_AT_ONCE)
async def test_a_call_given_to_another_voice_ends_the_collision(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "W", "a")
    assert seat.board.casting.voice_of("nurse", "s01#1") == "animator-2"
    assert seat.board.casting.voice_of("nurse") == "animator-1"
    await seat.settled()
    assert "‼" not in seat.text()


@at_console()
async def test_a_capital_gives_the_actor_from_now_on(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "W", "A")
    assert seat.board.casting.voice_of("nurse") == "animator-2"
    await seat.press("u", "enter")
    assert seat.board.casting.voice_of("nurse") == "animator-1"


@at_console(size=WIDE)
async def test_the_load_of_each_animator_is_shown(seat: Seat) -> None:
    await seat.play(6)
    assert "animator-1 1 attend (1:00)" in seat.text()
    assert "animator-2" in seat.text()


@at_console()
async def test_a_player_called_away_is_replaced_on_the_sheet(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "A", "a")
    assert list(seat.board.presence.absent) == ["it"]
    assert "ailleurs : M. Forestier" in seat.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "0639981207 – Mme Marchand" in seat.text()
    assert seat.board.situation.running


@at_console()
async def test_the_stand_in_is_who_answers_first(seat: Seat) -> None:
    await seat.play(5)
    await seat.press("2", "A", "a", "enter", "enter")
    assert [event.answered_by for event in seat.events("stimulus.delivered")] == ["p2"]


@at_console()
async def test_the_dead_fixed_number_is_marked(seat: Seat) -> None:
    await seat.ask(SetAsset(asset="network", down=True))
    await seat.play(5)
    await seat.press("2")
    assert "0639981203 · 0199001203 ✗" in seat.text()
