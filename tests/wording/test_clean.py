"""Texts from authors and players do nothing but show."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cyberex.wording.clean import clean, clean_line


@given(st.text())
def test_no_control_and_no_turning_of_the_writing_is_left(text: str) -> None:
    left = {unicodedata.category(char) for char in clean(text) if char != "\n"}
    assert left.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


def test_accents_spaces_before_signs_other_writings_and_emoji_stay() -> None:
    said = "Où en est-on\u202f? שלום 🚑"
    assert clean(said) == said


def test_what_hides_text_is_shown() -> None:
    assert clean("a\u202eb") == "a\N{REPLACEMENT CHARACTER}b"
