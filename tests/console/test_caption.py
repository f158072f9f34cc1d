"""A caption explains what is watched, whole, over none of the panels."""

from tests.console.seat import WIDE, Seat, at_console

EXPLAINED = (
    "2 À faire : S01 est dû. La fiche dit qui vous êtes, qui appeler, à quel numéro. "
    "Puis l'animateur prend son téléphone et compose."
)


def words(seat: Seat) -> str:
    return " ".join(" ".join(seat.lines()).split())


@at_console()
async def test_a_caption_is_read_whole_on_a_small_screen_and_shows_its_panel(seat: Seat) -> None:
    seat.app.main.explain(EXPLAINED, 1)
    await seat.settled()
    assert EXPLAINED in words(seat)
    assert seat.app.main.has_class("show1")
    assert "F12" in seat.lines()[-1]


@at_console(size=WIDE)
async def test_a_caption_is_read_whole_on_a_large_screen(seat: Seat) -> None:
    seat.app.main.explain(EXPLAINED)
    await seat.settled()
    assert EXPLAINED in words(seat)


@at_console()
async def test_without_a_caption_its_place_is_the_panels(seat: Seat) -> None:
    assert not seat.app.main.query_one("#caption").display
