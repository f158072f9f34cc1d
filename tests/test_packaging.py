"""What is installed is what was written: the wheel, its data, and the locks. Needs no network."""

import email.message
import email.parser
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import cyberex

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.parser.Parser().parsestr(wheel.read(name).decode("utf-8"))


def declared() -> dict[str, list[str]]:
    """The runtime dependencies and the groups of pyproject.toml, names only."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        "runtime": project["project"]["dependencies"],
        **project["project"]["optional-dependencies"],
        **project["dependency-groups"],
    }
    return {
        group: [normal(item) for item in items if isinstance(item, str)]
        for group, items in groups.items()
    }


def normal(requirement: str) -> str:
    return re.split(r"[<>=!~\[ ;]", requirement)[0].lower().replace("_", "-")


def pins(text: str) -> dict[str, set[str]]:
    """Package -> its pinned lines (several when versions differ by platform)."""
    found: dict[str, set[str]] = {}
    for line in re.findall(r"^[A-Za-z0-9].*$", text, flags=re.M):
        found.setdefault(normal(line), set()).add(line.removesuffix("\\").strip())
    return found


def unlocked(text: str) -> list[str]:
    """Entries of a lock that pin no version or carry no hash."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + text.strip())
    return [
        entry.splitlines()[0]
        for entry in entries
        if entry.strip() and ("==" not in entry or "--hash=sha256:" not in entry)
    ]


@pytest.mark.parametrize("folder", ["kits", "scenarios"])
def test_the_wheel_carries_every_kit_and_scenario(wheel: zipfile.ZipFile, folder: str) -> None:
    written = {
        f"cyberex/_data/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / folder).rglob("*.*")
        if path.is_file()
    }
    assert any(name.endswith(".yaml") for name in written)
    assert written - set(wheel.namelist()) == set()


def test_the_wheel_carries_every_module_catalogue_and_page(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "cyberex"
    written = {
        path.relative_to(ROOT).as_posix()
        for kind in ("*.py", "*.mo", "*.typ", "portal/templates/*", "portal/static/*")
        for path in package.rglob(kind)
    }
    assert "cyberex/locale/fr/LC_MESSAGES/cyberex.mo" in written
    assert "cyberex/portal/static/htmx.min.js" in written
    assert written - set(wheel.namelist()) == set()


def test_the_wheel_carries_nothing_else_than_the_package(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"cyberex"}
    assert [name for name in names if "__pycache__" in name] == []


def test_the_wheel_names_no_place_of_the_machine_that_built_it(wheel: zipfile.ZipFile) -> None:
    place = str(ROOT).encode()
    assert [name for name in wheel.namelist() if place in wheel.read(name)] == []


def test_the_metadata_say_version_licence_and_python(metadata: email.message.Message) -> None:
    assert metadata["Name"] == "cyberex"
    assert metadata["Version"] == cyberex.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_metadata_ask_for_the_declared_dependencies(metadata: email.message.Message) -> None:
    asked: dict[str, list[str]] = {}
    for item in metadata.get_all("Requires-Dist", []):
        extra = re.search(r"extra == '([a-z]+)'", item)
        asked.setdefault(extra[1] if extra else "runtime", []).append(normal(item))
    wanted = declared()
    assert asked == {name: sorted(wanted[name]) for name in ("runtime", "print")}


def test_the_wheel_installs_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    scripts = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "cyberex = cyberex.__main__:main" in wheel.read(scripts).decode()
    licence = next(name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
    assert wheel.read(licence) == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_a_version_and_hashes(name: str) -> None:
    assert unlocked((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_place_of_a_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url|file:|(?<=\s)/\S+", text) == []


def test_the_locks_hold_what_is_declared() -> None:
    runtime, dev = (pins((ROOT / name).read_text(encoding="utf-8")) for name in LOCKS)
    groups = declared()
    assert set(groups["runtime"] + groups["build"]) - set(runtime) == set()
    assert set(groups["dev"] + groups["print"]) - set(dev) == set()


def test_what_is_checked_is_what_is_installed() -> None:
    runtime, dev = (pins((ROOT / name).read_text(encoding="utf-8")) for name in LOCKS)
    assert {name: lines for name, lines in runtime.items() if dev.get(name) != lines} == {}


def test_a_lock_entry_without_a_hash_is_found() -> None:
    text = "a==1 \\\n    --hash=sha256:0\nb==2\nc>=3 \\\n    --hash=sha256:0\n"
    assert unlocked(text) == ["b==2", "c>=3 \\"]
