"""`cyberex print`, as somebody who prepares an exercise runs it."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import docx
import pytest

from cyberex.cli import kit_printing
from cyberex.errors import UserError
from tests.cli.conftest import Cyberex

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of the user's own kits: one kit, the shared texts cut down to three."""
    kits = tmp_path / "home" / "kits"
    (kits / "common" / "fr").mkdir(parents=True)
    for name, front, body in (
        ("invitation", "kit: communication\nreaders: players\nformats: [docx]", "Le ${date}."),
        ("stimuli", "kit: animator\nreaders: animation\nformats: [pdf]", "{{stimuli}}"),
        ("rules", "kit: participant\nreaders: players\nformats: [pdf, docx]", "${structure}"),
    ):
        text = (
            f"---\nid: {name}\ntitle: Texte {name}\n{front}\norder: 10\n---\n# {name}\n\n{body}\n"
        )
        (kits / "common" / "fr" / f"{name}.md").write_text(text, encoding="utf-8")
    return kits


def _own_kit(kits: Path) -> Path:
    """The beginner kit copied into the user's folder."""
    folder = kits / "beginner"
    folder.mkdir()
    for path in (ROOT / "kits" / "beginner").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def _files(out: str, to: Path) -> list[str]:
    return sorted("/".join(Path(line).parts[-2:]) for line in out.splitlines() if str(to) in line)


def _words(path: Path) -> str:
    return " ".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_a_kit_is_printed_in_folders_by_reader_with_places_to_complete(
    cyberex: Cyberex, small: Path, tmp_path: Path
) -> None:
    _own_kit(small)
    said = cyberex("print", "beginner", "--sector", "es", "--to", str(tmp_path / "out"))
    assert said.code == 0, said.err
    assert _files(said.out, tmp_path / "out") == [
        "animateur/10-texte-stimuli.pdf",
        "communication/10-texte-invitation.docx",
        "participant/10-texte-rules.docx",
        "participant/10-texte-rules.pdf",
    ]
    invitation = next((tmp_path / "out").glob("*/communication/*.docx"))
    assert "À COMPLÉTER\u00a0: date" in _words(invitation)
    assert "cyberex prepare" in said.err


def test_a_text_of_the_kit_replaces_the_shared_one(
    cyberex: Cyberex, small: Path, tmp_path: Path
) -> None:
    own = _own_kit(small) / "fr"
    own.mkdir()
    shared = (small / "common" / "fr" / "invitation.md").read_text("utf-8")
    (own / "invitation.md").write_text(shared.replace("Le ${date}.", "Venez."), "utf-8")
    cyberex("print", "beginner", "--sector", "es", "--to", str(tmp_path / "out"))
    assert "Venez." in _words(next((tmp_path / "out").glob("*/communication/*.docx")))


def test_printing_twice_keeps_both(cyberex: Cyberex, small: Path, tmp_path: Path) -> None:
    _own_kit(small)
    for _time in range(2):
        assert cyberex("print", "beginner", "--sector", "es", "--to", "out").code == 0
    found = Counter(path.name for path in (tmp_path / "out").glob("*/*/*"))
    assert set(found.values()) == {2}


@pytest.mark.usefixtures("small")
def test_a_folder_prints_its_own_names_even_before_all_is_known_and_remembers_it(
    cyberex: Cyberex, tmp_path: Path
) -> None:
    assert cyberex("prepare", "beginner", "--sector", "es", "--to", "mine").code == 0
    exercise = tmp_path / "mine" / "exercise.yaml"
    text = exercise.read_text("utf-8").replace("facility: À COMPLÉTER", "facility: CH de l'Île", 1)
    exercise.write_text(
        re.sub("^day: À COMPLÉTER", "day: 2027-03-09 13:30", text, flags=re.M), "utf-8"
    )
    said = cyberex("print", "mine", "--to", "out", lang="fr")
    assert said.code == 0, said.err
    assert "à compléter" in said.err
    invitation = next((tmp_path / "out").glob("*/communication/*.docx"))
    assert "Le mardi 9 mars 2027." in _words(invitation)
    assert "CH de l'Île" in _words(next((tmp_path / "out").glob("*/participant/*.docx")))
    assert set(json.loads((tmp_path / "mine" / ".printed.json").read_text("utf-8"))) == {"kit"}


@pytest.mark.usefixtures("small")
def test_a_folder_with_a_real_mistake_prints_nothing(cyberex: Cyberex, tmp_path: Path) -> None:
    cyberex("prepare", "beginner", "--sector", "es", "--to", "mine")
    exercise = tmp_path / "mine" / "exercise.yaml"
    exercise.write_text(exercise.read_text("utf-8") + "shade: red\n", "utf-8")
    said = cyberex("print", "mine", "--to", "out")
    assert said.code == 1
    assert "shade" in said.err
    assert not (tmp_path / "out").exists()


def test_a_kit_with_several_sectors_asks_which(cyberex: Cyberex, small: Path) -> None:
    _own_kit(small)
    said = cyberex("print", "beginner", "--to", "out")
    assert said.code == 2
    assert "--sector" in said.err


def test_duties_checked_long_ago_are_a_warning_and_are_printed(
    cyberex: Cyberex, small: Path
) -> None:
    _own_kit(small)
    (small / "common" / "duties.yaml").write_text(
        "cyberex_duties: 1\nverified_on: 2020-01-01\nduties:\n  - id: cnil\n    delay: 72 h\n",
        "utf-8",
    )
    said = cyberex("print", "beginner", "--sector", "es", "--to", "out")
    assert said.code == 0
    assert "12 months" in said.err
    assert "cnil" in said.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("readers: players", "readers: everybody", "readers"),
        ("---\nid", "id", "---"),
        ("Le ${date}.", "{{stimuli}}", "stimuli"),
        ("order: 10", "order: [10", "line"),
    ],
)
def test_a_wrong_kit_text_is_named_and_nothing_is_printed(
    cyberex: Cyberex, small: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    _own_kit(small)
    path = small / "common" / "fr" / "invitation.md"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    told = cyberex("print", "beginner", "--sector", "es", "--to", "out")
    assert told.code == 2
    assert "invitation" in told.err
    assert said in told.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("small")
def test_a_logo_that_is_no_picture_is_told(cyberex: Cyberex, tmp_path: Path) -> None:
    cyberex("prepare", "beginner", "--sector", "es", "--to", "mine")
    (tmp_path / "mine" / "logo.png").write_bytes(b"not a picture")
    said = cyberex("print", "mine", "--to", "out")
    assert said.code == 2
    assert "logo.png" in said.err


def test_a_folder_that_cannot_be_written_is_told(
    cyberex: Cyberex, small: Path, tmp_path: Path
) -> None:
    _own_kit(small)
    (tmp_path / "out").write_text("a file")
    said = cyberex("print", "beginner", "--sector", "es", "--to", "out")
    assert said.code == 2
    assert "--to" in said.err


def test_without_the_libraries_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UserError, match="typst") as told:
        kit_printing.print_kit("beginner", tmp_path / "out", "es")
    assert f'{sys.executable} -m pip install "cyberex[print]"' in told.value.advice


def test_no_other_command_needs_the_libraries() -> None:
    without = "import sys\nfor name in ('typst', 'docx', 'pptx', 'xlsxwriter'):\n"
    without += "    sys.modules[name] = None\n"
    without += "import cyberex.cli.app, cyberex.documents.sheets, cyberex.documents.report"
    subprocess.run([sys.executable, "-c", without], check=True, cwd=ROOT)
