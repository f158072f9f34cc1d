"""A list shows any number of lines, keeps its cursor on the same item, finds and follows."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from textual.app import App, ComposeResult

from cyberex.console.line_list import LineList, folded


class Listing(App[None]):
    def __init__(self, items: Sequence[str]) -> None:
        super().__init__()
        self.made: list[str] = []
        self.items = items
        self.list: LineList[str] = LineList(self._line, lambda item: item)

    def _line(self, item: str, _width: int) -> Text:
        self.made.append(item)
        return Text(item)

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()


def shown(app: Listing) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).strip() for strip in strips]


MANY = [f"ligne {number}" for number in range(10_000)]


async def test_of_ten_thousand_lines_only_those_in_sight_are_made() -> None:
    app = Listing(MANY)
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show(MANY, len(MANY) - 1)
        await pilot.pause()
        assert "ligne 9999" in shown(app)[-1]
        assert len(set(app.made)) <= 20


async def test_the_cursor_stays_on_its_item_when_others_come_before() -> None:
    app = Listing([])
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show(["b", "c"])
        await pilot.press("down")
        app.list.show(["a", "b", "c"])
        assert app.list.selected == "c"


async def test_it_follows_the_present_until_the_cursor_is_moved() -> None:
    app = Listing([])
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show(MANY[:50], 49)
        assert app.list.selected == "ligne 49"
        await pilot.press("up")
        app.list.show(MANY[:60], 59)
        assert app.list.selected == "ligne 48"


async def test_a_list_that_shrinks_keeps_a_cursor_in_it() -> None:
    app = Listing([])
    async with app.run_test(size=(40, 10)):
        app.list.show(MANY[:50], 49)
        app.list.follow = False
        app.list.show(["x"])
        assert app.list.selected == "x"
        app.list.show([])
        assert app.list.selected is None


async def test_a_click_moves_the_cursor() -> None:
    app = Listing([])
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show(MANY)
        await pilot.click(LineList, offset=(3, 4))
        assert app.list.selected == "ligne 4"


async def test_home_end_and_pages_reach_everything() -> None:
    app = Listing([])
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.show(MANY)
        await pilot.press("end")
        assert app.list.selected == "ligne 9999"
        await pilot.press("pageup")
        assert app.list.selected == "ligne 9990"
        await pilot.press("home")
        assert app.list.selected == "ligne 0"


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_folding_takes_case_and_accents_away() -> None:
    assert folded("ÉLÈVE Œuvre") == "eleve œuvre"
