"""A facility's colour is on its papers, and is always dark enough to be read."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.documents.kit.colour import contrast_with_white, readable, tint
from cyberex.documents.kit.writing import kit_files
from tests.documents.kit.sets import OWN, of_kit, text_of

DIGITS = st.text("0123456789abcdef", min_size=6, max_size=6)


def parts(digits: str) -> list[int]:
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


@given(DIGITS)
def test_any_colour_becomes_one_that_can_be_read_on_white(digits: str) -> None:
    assert contrast_with_white(parts(readable(digits))) >= 4.5


@given(DIGITS)
def test_black_can_be_read_on_the_tint_of_any_colour(digits: str) -> None:
    white = 21.0
    assert white / contrast_with_white(parts(tint(digits))) > 15


def test_a_colour_dark_enough_stays_what_it_is() -> None:
    assert readable("1f4e8c") == "1f4e8c"


@pytest.mark.parametrize("shape", ["docx", "pptx"])
def test_titles_have_the_colour_of_the_facility(shape: str) -> None:
    _texts, edition = of_kit("beginner", "es", own=True)
    edition = replace(edition, particulars=replace(OWN, colour="ff0000"))
    text = text_of("# Titre\n\nUn texte.", formats=(shape,))
    (made,) = kit_files([text], edition)
    with zipfile.ZipFile(BytesIO(made.content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist() if ".xml" in name)
    assert readable("ff0000").upper().encode() in whole
    assert b"FF0000" not in whole
