"""The Markdown of kit texts: what is in the subset is understood, the rest is shown as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.documents.kit.markdown import nodes_of
from cyberex.documents.kit.nodes import (
    Break,
    Entry,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Quote,
    Span,
    said,
)

VALUES = {"date": Span("9 *mars*"), "place": Span("salle", fill=True)}


def read(body: str) -> tuple[Node, ...]:
    return nodes_of(body, VALUES, lambda name: (Paragraph((Span(f"<{name}>"),)),))


def test_headings_paragraphs_and_breaks_come_in_order() -> None:
    assert read("# Un\n\nDeux\ntrois\n\n---\n\n### Quatre") == (
        Heading(1, (Span("Un"),)),
        Paragraph((Span("Deux trois"),)),
        Break(),
        Heading(3, (Span("Quatre"),)),
    )


def test_bold_and_italic_are_runs_and_a_product_is_not() -> None:
    (paragraph,) = read("**gras** et *penché*, 2*3*4")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text[0] == Span("gras", bold=True)
    assert Span("penché", italic=True) in paragraph.text
    assert said(paragraph.text) == "gras et penché, 2*3*4"


def test_a_value_is_never_read_as_markup() -> None:
    (paragraph,) = read("le **${date}**")
    assert paragraph == Paragraph((Span("le "), Span("9 *mars*", bold=True)))


def test_a_value_that_nobody_gave_stays_marked_inside_bold() -> None:
    (paragraph,) = read("**${place}**")
    assert paragraph == Paragraph((Span("salle", bold=True, fill=True),))


def test_a_list_keeps_its_marks_depths_and_lazy_lines() -> None:
    (listing,) = read("- a\n  suite\n  - b\n1. c\n- [ ] d")
    assert isinstance(listing, Listing)
    assert listing.entries == (
        Entry((Span("a suite"),)),
        Entry((Span("b"),), depth=1),
        Entry((Span("c"),), "1"),
        Entry((Span("d"),), "box"),
    )


def test_a_table_whose_last_column_is_empty_is_to_be_written_in() -> None:
    (grid,) = read("| a | b |\n|---|---|\n| 1 | |\n| **2** | |")
    assert isinstance(grid, Grid)
    assert grid.head == ("a", "b")
    assert grid.pen
    assert grid.rows[1][0] == (Span("2", bold=True),)


def test_a_row_with_too_few_or_too_many_cells_is_made_to_fit() -> None:
    (grid,) = read("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |")
    assert isinstance(grid, Grid)
    assert {len(row) for row in grid.rows} == {2}


def test_a_quote_holds_paragraphs_and_lists() -> None:
    (quote,) = read("> dit\n>\n> - un")
    assert isinstance(quote, Quote)
    assert [type(child) for child in quote.children] == [Paragraph, Listing]


def test_a_block_alone_on_its_line_ends_the_paragraph() -> None:
    assert [type(node) for node in read("avant\n{{rules}}\naprès")] == [Paragraph] * 3


@pytest.mark.parametrize("text", ['#import "x"', "$x$", "<b>gras</b>", "=1+1", "a_b_c", "`x`"])
def test_what_is_not_in_the_subset_is_shown_as_written(text: str) -> None:
    (paragraph,) = read(text)
    assert isinstance(paragraph, Paragraph)
    assert said(paragraph.text) == text


@given(st.text(alphabet=st.sampled_from("a*_#|->[] \n1.`${}\\:é\u200b\x07"), max_size=60))
def test_any_text_is_read_without_raising(text: str) -> None:
    nodes_of(text, {}, lambda _name: ())
