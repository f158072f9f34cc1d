"""The walls of the house: who may import whom, where each library lives, how long a file may be.

The tables below are the rules; ARCHITECTURE.md tells why. To change a rule, change both in one
commit. Each checker is itself tested, at the end, on code that breaks its rule.
"""

import ast
import graphlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cyberex"

# ---------------------------------------------------------------- the rules

LEAVES = {"errors", "problems", "times", "i18n"}
"""Everyone may import these; among the rooms they import each other only."""

MAY_IMPORT: dict[str, set[str]] = {
    "scenario": set(),
    "plan": {"scenario"},
    "facts": set(),
    "engine": {"plan", "facts"},
    "journal": {"facts"},
    "views": {"plan", "facts"},
    "exercise": {"plan", "facts", "engine", "journal", "views"},
    "wording": {"plan", "facts", "views"},
    "documents": {"plan", "facts", "views", "wording"},
    "delivery": {"plan", "facts", "views", "wording", "exercise"},
    "console": {"plan", "facts", "views", "wording", "exercise"},
    "portal": {"plan", "facts", "views", "wording", "exercise", "documents"},
    "cli": {
        "scenario", "plan", "facts", "engine", "journal", "views", "wording", "exercise",
        "documents", "delivery", "portal", "console",
    },
    "__main__": {"cli"},
}  # fmt: skip

LIBRARY_HOMES: dict[str, set[str]] = {
    "yaml": {"scenario"},
    "pydantic": {"scenario", "facts"},
    "networkx": {"plan"},
    "simpy": {"engine"},
    "filelock": {"journal"},
    "textual": {"console"},
    "rich": {"console", "cli"},
    "typer": {"cli"},
    "platformdirs": {"cli"},
    "typst": {"documents"},
    "docx": {"documents"},
    "pptx": {"documents"},
    "xlsxwriter": {"documents"},
    "aiosmtplib": {"delivery"},
    "starlette": {"portal"},
    "uvicorn": {"portal"},
    "jinja2": {"portal"},
    "markupsafe": {"portal"},
    "segno": {"portal"},
}
"""Each outside library and the only rooms that may import it."""

IMPORTED_AS = {"pyyaml": "yaml", "python-docx": "docx", "python-pptx": "pptx"}
"""Packages whose module has another name."""

STANDARD_HOMES: dict[str, set[str]] = {
    "sqlite3": {"journal"},
    "asyncio": {"exercise", "delivery", "portal", "console", "cli"},
    "gettext": {"i18n"},
}
"""Modules of the standard library that only these rooms may import."""

CLOCKS = "cyberex.exercise.clocks"
"""The only module that reads a clock; everyone else is handed one."""

PURE_ROOMS = {"times", "plan", "facts", "engine", "views", "wording"}
"""Values in, values out: nothing read, nothing written, no randomness but a generator handed in."""

IMPURE = {
    "asyncio", "io", "logging", "os", "pathlib", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "urllib", "uuid",
}  # fmt: skip

FRONT_ENDS = {
    "cyberex.console", "cyberex.documents", "cyberex.delivery", "cyberex.portal",
    "textual",
    "cyberex.cli.assess_paper", "cyberex.cli.desk", "cyberex.cli.kit_sources",
    "cyberex.cli.paper_games", "cyberex.cli.past", "cyberex.cli.player_papers",
    "cyberex.cli.rooms", "cyberex.cli.stage_pages", "cyberex.cli.tables",
}  # fmt: skip
"""The command line imports these inside functions: a quick command must not load a screen. Its own
modules that are listed may load the others freely."""

TRANSLATED_AT_IMPORT = {"cli"}
"""Help texts are made when the command line is imported; `__main__` chooses the language first."""

CORE_ROOMS = ("scenario", "plan", "facts", "engine", "journal", "views", "wording")
NEVER_IN_CORE = {"textual", "rich", "typer"}
NEVER_FOR_VERSION = NEVER_IN_CORE | {
    "asyncio", "networkx", "pydantic", "simpy", "sqlite3", "yaml", "cyberex.cli",
}  # fmt: skip

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
MODULE_LINES = 400
FUNCTION_LINES = 60


# ---------------------------------------------------------------- reading the code


@dataclass(frozen=True)
class Module:
    """A source file of the package; `room` is the first name under `cyberex`."""

    name: str
    source: str
    tree: ast.Module

    @property
    def room(self) -> str:
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "cyberex"


@dataclass(frozen=True)
class Import:
    name: str
    line: int
    in_function: bool


def module(name: str, source: str) -> Module:
    return Module(name, source, ast.parse(source))


def all_modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(module(name, path.read_text(encoding="utf-8")))
    return found


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported: bodies of functions are left out."""
    if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        children: list[ast.AST] = [*tree.decorator_list, tree.args]
    elif isinstance(tree, ast.Lambda):
        children = [tree.args]
    else:
        children = list(ast.iter_child_nodes(tree))
    yield tree
    for child in children:
        yield from at_import(child)


def imports(of: Module) -> Iterator[Import]:
    """Every import with the full name of what it brings, `from a import b` as `a.b`."""
    outside = {id(node) for node in at_import(of.tree)}
    for node in ast.walk(of.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            yield Import(name, getattr(node, "lineno", 0), id(node) not in outside)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


# ---------------------------------------------------------------- the checkers

Checker = Callable[[Module], Iterator[str]]


def room_imports(of: Module) -> Iterator[str]:
    if of.room not in MAY_IMPORT and of.room not in LEAVES | {"cyberex"}:
        yield f"{of.name}: room '{of.room}' is not in the table"
    allowed = LEAVES | MAY_IMPORT.get(of.room, set()) | {of.room, "__version__"}
    for found in imports(of):
        parts = found.name.split(".")
        if parts[0] == "cyberex" and len(parts) > 1 and parts[1] not in allowed:
            yield f"{of.name}:{found.line}: {of.room} may not import {parts[1]}"


def library_homes(of: Module) -> Iterator[str]:
    for found in imports(of):
        top = found.name.split(".")[0]
        homes = {**LIBRARY_HOMES, **STANDARD_HOMES}.get(top)
        if homes is None and top not in sys.stdlib_module_names | {"cyberex"}:
            yield f"{of.name}:{found.line}: library '{top}' has no home in the table"
        elif homes is not None and of.room not in homes:
            yield f"{of.name}:{found.line}: '{top}' lives in {sorted(homes)}, not in {of.room}"


def clock_reads(of: Module) -> Iterator[str]:
    if of.name == CLOCKS:
        return
    bound = {"datetime", "date"}
    for node in ast.walk(of.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "datetime":
            bound |= {alias.asname for alias in node.names if alias.asname}
    for found in imports(of):
        if within(found.name, "time"):
            yield f"{of.name}:{found.line}: imports time; only {CLOCKS} reads clocks"
    for node in ast.walk(of.tree):
        if isinstance(node, ast.Attribute) and _reads_clock(node, bound):
            yield f"{of.name}:{node.lineno}: .{node.attr} reads a clock; only {CLOCKS} may"


def _reads_clock(node: ast.Attribute, dates: set[str]) -> bool:
    base = node.value
    if isinstance(base, ast.Call):
        base = base.func
        loop = (getattr(base, "attr", ""), getattr(base, "id", ""))
        return node.attr == "time" and bool({"get_running_loop", "get_event_loop"} & set(loop))
    name = getattr(base, "attr", "") or getattr(base, "id", "")
    return node.attr in {"now", "utcnow", "today"} and name in dates


def impurity(of: Module) -> Iterator[str]:
    if of.room not in PURE_ROOMS:
        return
    for found in imports(of):
        if found.name.split(".")[0] in IMPURE:
            yield f"{of.name}:{found.line}: {of.room} is pure and may not import {found.name}"
    for node in ast.walk(of.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"open", "print"}:
            yield f"{of.name}:{node.lineno}: {of.room} is pure and may not read or write"


def shared_randomness(of: Module) -> Iterator[str]:
    for found in imports(of):
        if within(found.name, "random") and found.name not in {"random", "random.Random"}:
            yield f"{of.name}:{found.line}: {found.name} draws from the shared generator"
    for node in ast.walk(of.tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "random"
            and node.attr != "Random"
        ):
            yield f"{of.name}:{node.lineno}: random.{node.attr} draws from the shared generator"


def relative_imports(of: Module) -> Iterator[str]:
    for node in ast.walk(of.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{of.name}:{node.lineno}: relative import"


def eager_front_ends(of: Module) -> Iterator[str]:
    if of.room not in {"cli", "__main__"} or of.name in FRONT_ENDS:
        return
    for found in imports(of):
        if not found.in_function and any(within(found.name, end) for end in FRONT_ENDS):
            yield f"{of.name}:{found.line}: import {found.name} inside the function that needs it"


def banned_names(of: Module) -> Iterator[str]:
    for part in of.name.split("."):
        if set(part.split("_")) & BANNED_NAMES:
            yield f"{of.name}: say what it is about, not '{part}'"


def sizes(of: Module) -> Iterator[str]:
    lines = len(of.source.splitlines())
    if lines > MODULE_LINES:
        yield f"{of.name}: {lines} lines, {MODULE_LINES} at most"
    for node in ast.walk(of.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{of.name}:{node.lineno}: {node.name} has {length} lines"


def missing_docstring(of: Module) -> Iterator[str]:
    if of.tree.body and not ast.get_docstring(of.tree):
        yield f"{of.name}: no docstring saying which question it answers"


def eager_translations(of: Module) -> Iterator[str]:
    for node in at_import(of.tree) if of.room not in TRANSLATED_AT_IMPORT else ():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "_", "ngettext", "pgettext",
        }:  # fmt: skip
            yield f"{of.name}:{node.lineno}: translated at import, before the language is chosen"


CHECKERS: tuple[Checker, ...] = (
    room_imports, library_homes, clock_reads, impurity, shared_randomness, relative_imports,
    eager_front_ends, banned_names, sizes, missing_docstring, eager_translations,
)  # fmt: skip


# ---------------------------------------------------------------- what must hold


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return all_modules()


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_every_module_keeps_the_rule(checker: Checker, modules: list[Module]) -> None:
    assert [found for each in modules for found in checker(each)] == []


def test_the_import_table_has_no_loop() -> None:
    graphlib.TopologicalSorter(MAY_IMPORT).prepare()


def test_the_page_on_the_house_names_every_room_and_library() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {room for room in MAY_IMPORT if f"`{room}" not in page and f"/{room}" not in page}
    packages = {module: package for package, module in IMPORTED_AS.items()}
    libraries = {packages.get(name, name) for name in LIBRARY_HOMES}
    assert rooms == set()
    assert {name for name in libraries if name.lower() not in page.lower()} == set()


def test_each_library_of_the_table_is_a_declared_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    extras = project["optional-dependencies"].values()
    items = [*project["dependencies"], *(item for extra in extras for item in extra)]
    names = {re.split(r"[<>=!~\[ ;]", item)[0] for item in items}
    assert {IMPORTED_AS.get(name, name) for name in names} == set(LIBRARY_HOMES)


def test_the_version_is_said_without_loading_anything_else() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cyberex", "--version"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert re.fullmatch(r"cyberex \d+\.\d+\.\d+\S*\n", done.stdout)
    assert "cyberex" in loaded
    assert {name for name in loaded for never in NEVER_FOR_VERSION if within(name, never)} == set()


def test_the_core_loads_no_front_end(modules: list[Module]) -> None:
    core = [each.name for each in modules if each.room in CORE_ROOMS]
    program = f"import importlib, sys\nfor name in {core!r}: importlib.import_module(name)\n"
    program += "print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.split())
    assert set(core) <= loaded
    assert loaded & NEVER_IN_CORE == set()


# ---------------------------------------------------------------- each rule can fail

BROKEN: list[tuple[Checker, str, str]] = [
    (room_imports, "cyberex.engine.x", "from cyberex.journal.store import Journal"),
    (room_imports, "cyberex.views.x", "import cyberex.journal"),
    (room_imports, "cyberex.times", "from cyberex.facts import model"),
    (room_imports, "cyberex.attic.x", "pass"),
    (library_homes, "cyberex.plan.x", "import yaml"),
    (library_homes, "cyberex.cli.x", "import requests"),
    (library_homes, "cyberex.engine.x", "from asyncio import sleep"),
    (clock_reads, "cyberex.cli.x", "import time"),
    (clock_reads, "cyberex.cli.x", "from time import monotonic"),
    (clock_reads, "cyberex.views.x", "from datetime import datetime\nx = datetime.now()"),
    (clock_reads, "cyberex.views.x", "import datetime as d\nx = d.datetime.utcnow()"),
    (clock_reads, "cyberex.views.x", "from datetime import date as day\nx = day.today()"),
    (clock_reads, "cyberex.exercise.x", "x = asyncio.get_running_loop().time()"),
    (impurity, "cyberex.engine.x", "from pathlib import Path"),
    (impurity, "cyberex.plan.x", "def f():\n    open('x')"),
    (shared_randomness, "cyberex.engine.x", "import random\nx = random.random()"),
    (shared_randomness, "cyberex.engine.x", "from random import choice"),
    (relative_imports, "cyberex.plan.x", "from . import model"),
    (relative_imports, "cyberex.plan.x", "def f():\n    from .model import Plan"),
    (eager_front_ends, "cyberex.cli.x", "from cyberex.console.app import App"),
    (eager_front_ends, "cyberex.cli.x", "if True:\n    import textual"),
    (banned_names, "cyberex.plan.time_utils", "pass"),
    (banned_names, "cyberex.common", "pass"),
    (sizes, "cyberex.plan.x", "x = 1\n" * (MODULE_LINES + 1)),
    (sizes, "cyberex.plan.x", "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
    (missing_docstring, "cyberex.plan.x", "x = 1"),
    (eager_translations, "cyberex.console.x", "TITLE = _('Title')"),
    (eager_translations, "cyberex.console.x", "class A:\n    title: str = field(_('Title'))"),
    (eager_translations, "cyberex.console.x", "def f(title=_('Title')):\n    pass"),
]

KEPT: list[tuple[Checker, str, str]] = [
    (room_imports, "cyberex.engine.x", "from cyberex.plan.model import Plan"),
    (room_imports, "cyberex.engine.x", "from cyberex.engine.y import z"),
    (room_imports, "cyberex.journal.x", "from cyberex.errors import UserError"),
    (clock_reads, CLOCKS, "import time"),
    (clock_reads, "cyberex.plan.x", "from datetime import time\nx = moment.time()"),
    (clock_reads, "cyberex.views.x", "x = state.now()"),
    (impurity, "cyberex.journal.x", "from pathlib import Path"),
    (shared_randomness, "cyberex.engine.x", "import random\nx = random.Random(3)"),
    (eager_front_ends, "cyberex.cli.x", "def play():\n    import cyberex.console.app"),
    (sizes, "cyberex.plan.x", "def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)),
    (missing_docstring, "cyberex.plan", ""),
    (eager_translations, "cyberex.console.x", "def f():\n    return _('Title')"),
    (eager_translations, "cyberex.console.x", "title = lambda: _('Title')"),
]


@pytest.mark.parametrize(("checker", "name", "source"), BROKEN)
def test_code_that_breaks_a_rule_is_found(checker: Checker, name: str, source: str) -> None:
    assert list(checker(module(name, source)))


@pytest.mark.parametrize(("checker", "name", "source"), KEPT)
def test_code_that_keeps_the_rule_is_let_through(checker: Checker, name: str, source: str) -> None:
    assert list(checker(module(name, source))) == []


def test_every_checker_has_code_that_breaks_it() -> None:
    assert {checker for checker, _, _ in BROKEN} == set(CHECKERS)
