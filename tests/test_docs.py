"""What a user can write, ask or read is documented, and no page leads nowhere."""

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.main import get_command

from cyberex.cli.app import app
from cyberex.facts.command_list import COMMANDS
from cyberex.facts.events import EVENTS
from cyberex.scenario.kits import Kit
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.people import People
from cyberex.scenario.schema import scenario_schema, schema_of

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def row_of(name: str, text: str) -> str:
    """The line of the table that documents `name`; "" if none does."""
    return next((line for line in text.splitlines() if line.startswith(f"| `{name}`")), "")


def undocumented(kinds: Mapping[str, type], text: str) -> Iterator[str]:
    """Names without a row, and fields that their row does not name."""
    for name, kind in kinds.items():
        row = row_of(name, text)
        if not row:
            yield name
            continue
        for field in dataclasses.fields(kind):
            if f"`{field.name}`" not in row:
                yield f"{name}: {field.name}"


def keys_of(schema: Any) -> set[str]:
    """Every key that the JSON Schema lets an author write."""
    if isinstance(schema, list):
        return set().union(*map(keys_of, schema))
    if not isinstance(schema, dict):
        return set()
    found = set(schema.get("properties", ()))
    return found.union(*map(keys_of, schema.values()))


def words_of(schema: Any) -> set[str]:
    """Every fixed word that the JSON Schema lets an author choose as a value."""
    if isinstance(schema, list):
        return set().union(*map(words_of, schema))
    if not isinstance(schema, dict):
        return set()
    found = {word for word in schema.get("enum", ()) if isinstance(word, str)}
    return found.union(*map(words_of, schema.values()))


def links(text: str) -> set[str]:
    """Targets of the page's links and pictures that should be files of the project."""
    found = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.S))
    return {target for target in found if "://" not in target and not target.startswith("mailto:")}


def code_blocks(text: str, *languages: str) -> list[str]:
    return re.findall(rf"^```(?:{'|'.join(languages)})\n(.*?)^```", text, flags=re.S | re.M)


def cyberex_calls(text: str) -> set[str]:
    """Subcommands that the page tells people to type after `cyberex`."""
    shown = [
        *code_blocks(text, "sh", "powershell", "bash", "console"),
        *re.findall(r"`([^`\n]+)`", text),
    ]
    calls = [found for code in shown for found in re.findall(r"\bcyberex +([a-z][a-z-]+)", code)]
    return set(calls)


def test_every_command_and_its_fields_are_documented() -> None:
    assert list(undocumented(COMMANDS, page("docs/reference/commands.md"))) == []


def test_every_event_and_its_fields_are_documented() -> None:
    assert list(undocumented(EVENTS, page("docs/reference/events.md"))) == []


@pytest.mark.parametrize(
    ("name", "known"),
    [("docs/reference/commands.md", set(COMMANDS)), ("docs/reference/events.md", set(EVENTS))],
)
def test_no_page_documents_what_no_longer_exists(name: str, known: set[str]) -> None:
    rows = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", page(name), flags=re.M))
    assert rows - known == set()


def test_every_key_and_word_of_the_language_is_documented() -> None:
    guide = page("docs/auteur/langage.md")
    schemas = [scenario_schema(), schema_of(Kit), schema_of(People)]
    named = set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", " ".join(re.findall(r"`([^`\n]+)`", guide))))
    assert sorted((keys_of(schemas) | words_of(schemas)) - named) == []


def test_the_complete_example_of_the_guide_is_a_scenario_without_a_mistake() -> None:
    examples = code_blocks(page("docs/auteur/langage.md"), "yaml")
    complete = [text for text in examples if text.startswith("cyberex: 1\n")]
    assert len(complete) == 1
    assert scenario_of_text(complete[0]).problems == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_yaml_of_a_page_is_well_formed(path: Path) -> None:
    for text in code_blocks(path.read_text(encoding="utf-8"), "yaml"):
        assert isinstance(yaml.safe_load(text), dict)


def test_no_link_leads_to_a_missing_file() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in PAGES
        for target in sorted(links(path.read_text(encoding="utf-8")))
        if not (path.parent / target).exists()
    ]
    assert missing == []


def test_the_readme_installs_from_files_that_exist() -> None:
    files = set(
        re.findall(r"-r (\S+?)[; ]", "\n".join(code_blocks(page("README.md"), "sh", "powershell")))
    )
    assert files
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_the_program_that_the_readme_calls_is_the_one_installed() -> None:
    scripts = tomllib.loads(page("pyproject.toml"))["project"]["scripts"]
    assert set(scripts) == {"cyberex"}
    assert "/cyberex play beginner" in page("README.md")


def test_the_test_command_of_the_readme_can_be_found_by_the_checks() -> None:
    section = page("README.md").split("\n## Run the tests\n")[1].split("\n## ")[0]
    blocks = code_blocks(section, "sh")
    assert len(blocks) == 1
    assert blocks[0].count("\n") == 1
    assert "pytest" in blocks[0]


def named_tests(text: str) -> set[str]:
    return set(re.findall(r"`(?:[\w/]+\.py::)?(test_\w+)`", text))


def test_every_test_that_a_page_names_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    existing = set(re.findall(r"def (test_\w+)\(", code))
    told = set().union(*(named_tests(path.read_text(encoding="utf-8")) for path in PAGES))
    assert told - existing == set()


# ---------------------------------------------------------------- the command line


def command_line() -> Any:
    """The command line as click sees it."""
    return get_command(app)


def commands_below(command: Any, name: str = "cyberex") -> Iterator[tuple[str, Any]]:
    yield name, command
    for each, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield from commands_below(below, f"{name} {each}")


def undocumented_options(command: Any, text: str) -> Iterator[str]:
    for name, each in commands_below(command):
        if f"`{name}" not in text:
            yield name
        for parameter in each.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help" and f"`{option}" not in text:
                    yield f"{name} {option}"


def test_every_command_and_option_of_the_terminal_is_documented() -> None:
    assert list(undocumented_options(command_line(), page("docs/reference/cli.md"))) == []


def test_every_command_that_a_page_tells_to_type_exists() -> None:
    existing = set(command_line().commands)
    told = {call for path in PAGES for call in cyberex_calls(path.read_text(encoding="utf-8"))}
    assert told - existing == set()


# ---------------------------------------------------------------- each check can fail


@dataclasses.dataclass
class Asked:
    stimulus: str


def test_a_missing_row_and_a_missing_field_are_found() -> None:
    assert list(undocumented({"a.b": Asked}, "| `a.c` | `stimulus` |")) == ["a.b"]
    assert list(undocumented({"a.b": Asked}, "| `a.b` | – | fire |")) == ["a.b: stimulus"]
    assert list(undocumented({"a.b": Asked}, "| `a.b` ° | `stimulus` | fire |")) == []


def test_keys_and_words_are_found_at_any_depth() -> None:
    schema = {"$defs": {"A": {"properties": {"via": {"anyOf": [{"enum": ["skip"]}]}}}}}
    assert keys_of(schema) == {"via"}
    assert words_of(schema) == {"skip"}


def test_links_are_read_outside_code() -> None:
    text = "[a](b.md#c) ![d](e.png) [w](https://example.org)\n```\n[x](y)\n```\n"
    assert links(text) == {"b.md", "e.png"}


def test_calls_are_read_in_code_only() -> None:
    assert cyberex_calls(
        "cyberex plays\n`cyberex check x`\n```sh\n.venv/bin/cyberex play y\n```\n"
    ) == {
        "check",
        "play",
    }


def test_an_undocumented_option_is_found() -> None:
    small = typer.Typer()

    @small.command()
    def play(speed: str = "1") -> None:
        """Play."""

    @small.command()
    def check() -> None:
        """Check."""

    found = list(undocumented_options(get_command(small), "`cyberex play`"))
    assert "cyberex check" in found
    assert "cyberex play --speed" in found
