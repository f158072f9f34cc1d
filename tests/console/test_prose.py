"""Text is cut as French is, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from cyberex.console.prose import wrapped

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


def test_no_line_begins_with_a_sign_held_by_a_no_break_space() -> None:
    text = f"Que dites-vous{NBSP}: on coupe{THIN}? Ou non{NBSP}! Et «{NBSP}lui{NBSP}»{NBSP}; fin."
    for width in range(14, 60):
        assert not any(line.lstrip()[:1] in ":;?!»" for line in lines(text, width) if line), width


def test_an_ordinary_space_holds_before_a_sign_and_inside_guillemets() -> None:
    for width in range(10, 20):
        found = lines("Il dit : « non » ? Oui.", width)
        assert not any(line[:1] in ":?»" or line.endswith("«") for line in found), width


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines("anticonstitutionnellement", 10) == ["anticonsti", "tutionnell", "ement"]


def test_blank_lines_stay() -> None:
    assert lines("a\n\nb", 10) == ["a", "", "b"]


@given(st.text(st.sampled_from(f"ab é漢{NBSP} :?«»\n"), max_size=60), st.integers(2, 30))
def test_every_line_fits_and_no_word_is_lost(text: str, width: int) -> None:
    found = lines(text, width)
    assert all(cell_len(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_styles_follow_their_words() -> None:
    text = Text.assemble(("gras ", "bold"), "maigre")
    (first, second) = wrapped(text, 7)
    assert [str(span.style) for span in first.spans] == ["bold"]
    assert second.spans == []
