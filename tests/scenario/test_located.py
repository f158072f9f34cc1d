"""Reading YAML: what stays a string, where things stand, what is refused."""

import time
from pathlib import Path

import pytest
import yaml

from cyberex.errors import UserError
from cyberex.problems import has_errors, render_text
from cyberex.scenario import located
from cyberex.scenario.load import load_scenario, scenario_of_text
from cyberex.scenario.located import locate_file, locate_text
from tests.scenario.conftest import DATA, SMALL


def codes(text: str) -> list[str]:
    return [problem.code for problem in locate_text(text, "x.yaml").problems]


def test_every_scalar_stays_what_the_author_wrote() -> None:
    text = "a: 12:30\nb: no\nc: 0101\nd: 1.10\ne: 2026-01-12\n"
    assert locate_text(text, "x").data == {
        "a": "12:30",
        "b": "no",
        "c": "0101",
        "d": "1.10",
        "e": "2026-01-12",
    }


def test_a_place_is_counted_in_characters_after_accents() -> None:
    source = locate_text("a: {é: œuf, clé: là}\n", "x").source
    mark = source.mark(("a", "clé"))
    assert mark is not None
    assert (mark.line, mark.column, mark.end_column) == (1, 18, 20)
    assert mark.key is not None
    assert (mark.key.column, mark.key.end_column) == (13, 16)


def test_a_path_that_is_not_written_is_placed_at_its_nearest_ancestor() -> None:
    source = locate_text("a:\n  - b: c\n", "x").source
    problem = source.problem(("a", 0, "within", "deep"), code="c", message="m")
    assert (problem.line, problem.column, problem.source) == (2, 5, "  - b: c")


def test_a_problem_may_point_at_the_key() -> None:
    source = locate_text("key: value\n", "x").source
    problem = source.problem(("key",), code="c", message="m", key=True)
    assert (problem.column, problem.width) == (1, 3)


def test_windows_line_ends_and_a_byte_order_mark_move_no_place(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (SMALL + "    chanel: x\n").replace("\n", "\r\n").encode())
    (problem,) = load_scenario(path).problems
    assert (problem.line, problem.column, problem.source) == (17, 5, "    chanel: x")


def test_fifty_kilobytes_of_brackets_are_a_problem_and_not_a_crash() -> None:
    assert codes("a: " + "[" * 50_000) == ["too-deep"]


def test_forty_levels_are_still_read() -> None:
    assert codes("a: " + "[" * 39 + "]" * 39) == []
    assert codes("a: " + "[" * 40 + "]" * 40) == ["too-deep"]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    began = time.process_time()
    assert [problem.code for problem in locate_file(path).problems] == ["file-too-big"]
    assert time.process_time() - began < 2


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    began = time.process_time()
    found = codes("\n".join(lines))
    assert set(found) == {"anchor", "alias"}
    assert time.process_time() - began < 0.5


def test_a_file_full_of_mistakes_tells_a_bounded_number() -> None:
    assert len(codes("\n".join(f"a{n}: !x y" for n in range(5_000)))) == located.MAX_PROBLEMS


@pytest.mark.parametrize(
    "line",
    [
        "id: es  # es | esms",
        "title: Un titre   # vu le 3",
        "title: Un titre # 4 mots",
        "text: Canal#4",
        "text: '#urgence'",
        "kind: staff #ici",
    ],
)
def test_a_comment_is_not_taken_for_lost_text(line: str) -> None:
    assert codes(line + "\n") == []


@pytest.mark.parametrize("line", ["title: Salle #3", "rules:\n  - Le mot #urgence compte"])
def test_text_lost_after_a_hash_is_a_warning(line: str) -> None:
    result = locate_text(line + "\n", "x")
    assert [problem.code for problem in result.problems] == ["text-after-hash"]
    assert not has_errors(result.problems)


def test_the_pure_python_parser_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((DATA / "bad").glob("*.yaml"))
        if path.name not in {"latin-1.yaml", "utf-16.yaml", "nul.yaml", "word-processor.yaml"}
    }
    fast = {name: [p.sort_key for p in locate_text(t, name).problems] for name, t in texts.items()}
    monkeypatch.setattr(located, "_Loader", yaml.SafeLoader)
    slow = {name: [p.sort_key for p in locate_text(t, name).problems] for name, t in texts.items()}
    assert slow == fast


def test_a_folder_is_the_operators_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a file"):
        locate_file(tmp_path)


def test_a_missing_file_is_the_operators_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot read"):
        locate_file(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "stimuli: [" + "a," * 19_999 + "]",
        "stimuli: [" + "a," * 900_000 + "]",
        "\n".join(f"a{n}: b" for n in range(19_999)),
        "\n".join(f"a{n}: b" for n in range(400_000)),
        "rules:\n" + "- a #b\n" * 200_000,
        "a: " + " " * 2_000_000 + "b: c",
        "a: [" + "!x y," * 200_000 + "]",
        "title: " + "${" * 1_000_000,
        "title: " + "${a}" * 500_000,
        "? " * 1_000_000,
        "a: '" + "x\n\n" * 500_000,
        '"' * 500_000,
        "- " * 30 + "a: b: c",
        "{" * 30 + "a" * 2_000_000,
    ],
    ids=lambda text: text[:14].replace("\n", " "),
)
def test_a_hostile_file_is_answered_in_time_and_in_short(text: str) -> None:
    began = time.process_time()  # a busy machine is not a slow reader
    problems = scenario_of_text(text).problems
    told = "\n".join(map(render_text, problems))
    refused, count, length = has_errors(problems), len(problems), len(told)
    assert refused
    assert count <= 800
    assert length < 400_000
    assert time.process_time() - began < 5
