"""What an argument of the command line names."""

from pathlib import Path

import pytest

from cyberex.errors import UserError
from cyberex.scenario.kits import Found, find, listed, load_kit, package_roots
from tests.scenario.conftest import SMALL

KIT = """\
cyberex_kit: 1
id: beginner
title: Kit
level: beginner
scenarios: {es: kit-es, esms: kit-esms}
people: {es: people-es.yaml}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "package"
    (root / "kits/beginner").mkdir(parents=True)
    (root / "kits/beginner/kit.yaml").write_text(KIT)
    (root / "kits/beginner/people-es.yaml").write_text("cyberex_people: 1\npeople: []\n")
    (root / "scenarios/kit-esms").mkdir(parents=True)
    (root / "scenarios/kit-es.yaml").write_text(SMALL)
    (root / "scenarios/kit-esms/scenario.yaml").write_text(SMALL)
    return root


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "user"


def found(argument: str, user: Path, package: Path, sector: str | None = None) -> list[Found]:
    return find(argument, sector=sector, user_dir=user, package_dirs=[package])


def test_a_kit_gives_one_scenario_a_sector(user: Path, package: Path) -> None:
    es, esms = found("beginner", user, package)
    assert (es.id, es.sector, es.path) == ("kit-es", "es", package / "scenarios/kit-es.yaml")
    assert es.people == package / "kits/beginner/people-es.yaml"
    assert (esms.id, esms.path) == ("kit-esms", package / "scenarios/kit-esms/scenario.yaml")
    assert esms.people is None


def test_a_sector_chooses_in_a_kit(user: Path, package: Path) -> None:
    assert [item.id for item in found("beginner", user, package, "esms")] == ["kit-esms"]


def test_a_sector_that_the_kit_lacks_is_refused(user: Path, package: Path) -> None:
    with pytest.raises(UserError, match="es, esms"):
        found("beginner", user, package, "other")


def test_the_users_kit_comes_before_the_packages(user: Path, package: Path) -> None:
    (user / "kits/beginner").mkdir(parents=True)
    (user / "kits/beginner/kit.yaml").write_text(KIT.replace(", esms: kit-esms", ""))
    (user / "kits/beginner/people-es.yaml").write_text("")
    (only,) = found("beginner", user, package)
    assert only.kit == user / "kits/beginner/kit.yaml"
    assert only.path == package / "scenarios/kit-es.yaml"


def test_an_existing_path_comes_before_a_kit(
    user: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("beginner").write_text(SMALL)
    assert found("beginner", user, package) == [Found("beginner", Path("beginner"))]


def test_a_folder_without_scenario_hides_no_kit(
    user: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("beginner").mkdir()
    assert len(found("beginner", user, package)) == 2


def test_the_folder_of_a_kit_is_a_path(user: Path, package: Path) -> None:
    assert len(found(str(package / "kits/beginner"), user, package)) == 2


def test_a_scenario_is_found_by_its_id(user: Path, package: Path) -> None:
    (only,) = found("kit-esms", user, package)
    assert (only.id, only.sector, only.kit) == ("kit-esms", None, None)


@pytest.mark.parametrize("name", ["absent", "../package/kits/x", "", "x" * 5000, "a\0b", "Kit"])
def test_what_does_not_exist_is_answered_with_what_does(
    user: Path, package: Path, name: str
) -> None:
    with pytest.raises(UserError, match=r"beginner.*kit-es, kit-esms"):
        found(name, user, package)


def test_what_exists_is_named_once(user: Path, package: Path) -> None:
    with pytest.raises(UserError) as told:
        found("absent", user, package)
    assert str(told.value).count("kit-esms") == 1


def test_a_slip_in_the_name_of_a_kit_is_understood(user: Path, package: Path) -> None:
    with pytest.raises(UserError, match="did you mean 'beginner'"):
        found("beginer", user, package)


def test_a_kit_that_names_an_absent_scenario_is_refused(user: Path, package: Path) -> None:
    (package / "scenarios/kit-es.yaml").unlink()
    with pytest.raises(UserError, match="kit-es"):
        found("beginner", user, package)


def test_a_kit_file_with_a_mistake_is_refused(user: Path, package: Path) -> None:
    (package / "kits/beginner/kit.yaml").write_text(KIT + "colour: red\n")
    with pytest.raises(UserError, match="line 7: unknown key 'colour'"):
        found("beginner", user, package)


def test_a_kit_cannot_name_people_outside_its_folder(package: Path) -> None:
    path = package / "kits/beginner/kit.yaml"
    path.write_text(KIT.replace("people-es.yaml", "../people.yaml"))
    assert [problem.code for problem in load_kit(path).problems] == ["path-outside"]


def test_a_kit_whose_people_are_absent_is_told(package: Path) -> None:
    (package / "kits/beginner/people-es.yaml").unlink()
    (problem,) = load_kit(package / "kits/beginner/kit.yaml").problems
    assert (problem.code, problem.line) == ("missing-file", 6)


def test_everything_is_listed_once(user: Path, package: Path) -> None:
    assert [(item.kind, item.id) for item in listed([user, package, package])] == [
        ("kit", "beginner"),
        ("scenario", "kit-es"),
        ("scenario", "kit-esms"),
    ]


def test_the_package_has_its_own_kits() -> None:
    (root,) = package_roots()
    assert (root / "kits").is_dir()
    assert (root / "scenarios").is_dir()
