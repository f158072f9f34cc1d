"""Whose number is it really?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.scenario.facility import numbers


@pytest.mark.parametrize(
    "written",
    ["0972439125", "09 72 43 91 25", "09.72.43.91.25", "+33972439125", "+33 (0)9 72 43 91 25",
     "0033 9 72-43-91-25", "09\u202f72\u00a043 91 25"],
)  # fmt: skip
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    assert numbers.real_owner(written) == "CERT Santé"


@pytest.mark.parametrize("short", ["15", "17", "18", "112", "114", "115", "119", "196", "3114"])
def test_emergency_and_short_numbers_are_real(short: str) -> None:
    assert numbers.real_owner(short) is not None


@pytest.mark.parametrize("phone", ["04 76 00 11 22", "06 12 34 56 78", "poste 3114", "4512"])
def test_a_line_of_the_facility_is_nobody_else_s(phone: str) -> None:
    assert numbers.real_owner(phone) is None


@pytest.mark.parametrize("start", ["01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49",
                                   "06 39 98"])  # fmt: skip
def test_the_ranges_of_fiction_are_known(start: str) -> None:
    assert numbers.is_fictional(f"{start} 12 34")
    assert numbers.is_fictional(f"+33 {start[1:]} 12 34")


@pytest.mark.parametrize("phone", ["4512", "poste 4512", "DECT 51", "01 99 00 12 34 poste 6"])
def test_what_can_be_dialled_is_a_phone(phone: str) -> None:
    assert numbers.is_phone(phone)


@pytest.mark.parametrize("phone", ["", "poste", "le standard", "1", "01 99 00 12 34 56 78 90 12"])
def test_what_cannot_be_dialled_is_none(phone: str) -> None:
    assert not numbers.is_phone(phone)


@pytest.mark.parametrize(
    ("email", "plausible"),
    [
        ("a.b-c+d@ch-vallee.fr", True),
        ("exercice@sante.ch-vallee.fr", True),
        ("exercice@ch-vallee", False),
        ("exercice ch-vallee.fr", False),
        ("a..b@ch-vallee.fr", False),
        ("a@-ch.fr", False),
        ("a@ch.fr, b@ch.fr", False),
    ],
)
def test_an_address_has_a_plausible_form(email: str, plausible: bool) -> None:
    assert numbers.is_mail(email) is plausible


def test_only_the_domain_itself_and_those_below_are_of_an_authority() -> None:
    assert numbers.real_mail_owner("x@interieur.gouv.fr") == "gouv.fr"
    assert numbers.real_mail_owner("x@pas-gouv.fr") is None


def test_the_list_says_when_it_was_verified() -> None:
    assert numbers.real_numbers().verified_on.startswith("20")


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    numbers.real_owner(text)
    numbers.is_phone(text)
    numbers.is_fictional(text)
    numbers.is_mail(text)
