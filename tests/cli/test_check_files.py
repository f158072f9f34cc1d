"""Checking a file that is no scenario: it is recognised by its version key."""

from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Cyberex

PEOPLE = """\
# Nos gens
cyberex_people: 1
people:
  - id: p01
    role: it
    name: Camille
"""


def test_a_people_file_alone_is_checked_without_a_scenario(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    (tmp_path / "my-people.yaml").write_text(PEOPLE, "utf-8")
    said = cyberex("check", "my-people.yaml")
    assert (said.code, said.out) == (0, "my-people.yaml: no problem\n")


def test_a_mistake_of_a_people_file_is_told_at_its_place(cyberex: Cyberex, tmp_path: Path) -> None:
    (tmp_path / "my-people.yaml").write_text(PEOPLE.replace("role:", "rôl:"), "utf-8")
    said = cyberex("check", "my-people.yaml")
    assert said.code == 1
    assert "my-people.yaml:5:5: error[unknown-key]" in said.out
    assert "cyberex: 1" not in said.out


@pytest.mark.parametrize("path", sorted(ROOT.glob("kits/*/people-*.yaml")), ids=lambda p: p.stem)
def test_the_people_of_a_kit_are_checked_by_themselves(cyberex: Cyberex, path: Path) -> None:
    assert cyberex("check", str(path)).code == 0


def test_settings_under_another_name_are_checked_by_themselves(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    (tmp_path / "ours.yaml").write_text("cyberex_exercise: 1\ntitel: Test\n", "utf-8")
    said = cyberex("check", "ours.yaml")
    assert said.code == 1
    assert "'title'" in said.out
    assert "stimuli" not in said.out


def test_people_are_nothing_to_play(cyberex: Cyberex, tmp_path: Path) -> None:
    (tmp_path / "my-people.yaml").write_text(PEOPLE, "utf-8")
    said = cyberex("play", "my-people.yaml", "--headless")
    assert said.code == 2
    assert "my-people.yaml" in said.err
