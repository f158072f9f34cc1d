"""`cyberex stage`, as an animator runs it."""

from pathlib import Path

from cyberex.scenario.declarations import load_declarations
from tests.cli.conftest import ROOT, Cyberex

FORMS = ROOT / "kits" / "common" / "interactive" / "declarations.yaml"


def test_a_kit_gives_its_screens_forms_and_list(cyberex: Cyberex, tmp_path: Path) -> None:
    said = cyberex("stage", "beginner", "--sector", "es", "--to", "out")
    assert (said.code, said.err) == (0, "")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "s13-ransom.html", "s13-threat.html", "s16-tv.html", "s02-email.html", "s05-sms.html",
        "form-cert-sante.html", "form-cnil.html", "animation-only.html",
    } == names  # fmt: skip
    assert [name for name in names if "EXERCICE" not in _read(tmp_path / "out" / name)] == []


def test_nothing_is_ever_overwritten(cyberex: Cyberex, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "s16-tv.html").write_text("mine")
    said = cyberex("stage", "beginner", "--sector", "es", "--to", "out")
    assert said.code == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["s16-tv.html"]


def test_a_screen_that_does_not_exist_is_refused(cyberex: Cyberex, tmp_path: Path) -> None:
    for wrong in ("s16=hologram", "s99=tv", "s16"):
        said = cyberex("stage", "beginner", "--sector", "es", "--to", "out", "--as", wrong)
        assert said.code == 2
        assert wrong in said.err
    assert not (tmp_path / "out").exists()


def test_the_fields_of_both_declarations_are_there() -> None:
    reading = load_declarations(FORMS)
    assert reading.problems == []
    assert reading.value is not None
    fields = {
        form.id: {field.id for part in form.sections for field in part.fields}
        for form in reading.value.forms
    }
    assert {
        "structure", "finess", "contact", "noticed", "nature", "cause", "perimeter", "care", "data",
        "others", "degraded", "measures", "backups", "evidence", "help", "declared",
    } <= fields["cert-sante"]  # fmt: skip
    assert {
        "type", "organisation", "processors", "known", "began", "ended", "late", "nature",
        "categories", "who", "how_many", "before", "consequences", "severity", "taken", "informed",
    } <= fields["cnil"]  # fmt: skip


def _read(path: Path) -> str:
    return path.read_text("utf-8")
