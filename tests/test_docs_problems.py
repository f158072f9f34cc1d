"""Every code that a check may show is explained in docs/reference/problems.md, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("scenario", "plan", "times")
CODE = re.compile(r"[a-z]+[0-9]*(-[a-z]+[0-9]*)*")
PROBLEM_CODE = 3
"""Where `Problem(path, line, column, code, …)` takes it."""


def trees() -> list[ast.Module]:
    paths = [path for room in ROOMS for path in sorted((ROOT / "cyberex" / room).glob("*.py"))]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def places(modules: list[ast.Module]) -> dict[str, int]:
    """Functions and classes that are given a code, and at which place among their arguments."""
    found = {"Problem": PROBLEM_CODE, "WordError": 0, "TimeError": 0}
    for node in (node for module in modules for node in ast.walk(module)):
        if isinstance(node, ast.FunctionDef) and node.name != "__init__":
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if "code" in names:
                found[node.name] = names.index("code")
    return found


def codes_in(modules: list[ast.Module]) -> Iterator[str]:
    taken = places(modules)
    for node in (node for module in modules for node in ast.walk(module)):
        if isinstance(node, ast.Call):
            yield from _given(node, taken)
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            match node.value.elts:
                case [ast.Constant(value=str(code)), _, _] if CODE.fullmatch(code):
                    yield code
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_CODES":
            yield from (f"unknown-{name}" for name in ast.literal_eval(node.value).values())


def _given(call: ast.Call, taken: dict[str, int]) -> Iterator[str]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
    values = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if name in taken and len(call.args) > taken[name]:
        values.append(call.args[taken[name]])
    parts = (
        part for value in values if not isinstance(value, ast.JoinedStr) for part in ast.walk(value)
    )
    for part in parts:
        match part:
            case ast.Constant(value=str(code)) if CODE.fullmatch(code):
                yield code


def documented() -> list[str]:
    page = (ROOT / "docs/reference/problems.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([a-z0-9-]+)` \| .+ \| .+ \|$", page, re.MULTILINE)


def test_every_problem_code_is_documented() -> None:
    assert sorted(set(codes_in(trees())) - set(documented())) == []


def test_no_problem_code_is_documented_that_does_not_exist() -> None:
    assert sorted(set(documented()) - set(codes_in(trees()))) == []


def test_no_problem_code_is_documented_twice() -> None:
    assert sorted(documented()) == sorted(set(documented()))


def test_a_code_is_found_however_it_is_given() -> None:
    source = """
def tell(path, code, message): ...
def explained(): return "three-words-here", "message", "hint"
tell(x, "by-place", "m")
problem(code="by-name" if x else "or-this")
raise TimeError("first", "m")
_CODES = {"cells": "cell"}
"""
    assert set(codes_in([ast.parse(source)])) == {
        "three-words-here", "by-place", "by-name", "or-this", "first", "unknown-cell",
    }  # fmt: skip
