"""What an operator and an author see and get back from each command."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cyberex


def test_the_version_is_said(cyberex: Cyberex) -> None:
    said = cyberex("--version")
    assert (said.code, said.out.split()[0]) == (0, "cyberex")


def test_help_speaks_french_unless_asked_otherwise(cyberex: Cyberex) -> None:
    assert "exercice" in cyberex("--help", lang="fr").out
    assert "exercise" in cyberex("--help", "--lang", "en", lang="fr").out


def test_the_shipped_kit_has_no_problem(cyberex: Cyberex) -> None:
    said = cyberex("check", "beginner")
    assert said.code == 0
    assert said.out.count("no problem") == 2


def test_a_mistake_is_shown_at_its_place_and_exits_1(cyberex: Cyberex, tiny: Path) -> None:
    tiny.write_text(tiny.read_text("utf-8").replace("via: mobile", "chanel: mobile", 1), "utf-8")
    said = cyberex("check", "tiny.yaml")
    assert said.code == 1
    assert "tiny.yaml:27:5: error[unknown-key]" in said.out


def test_problems_as_json_keep_their_places(cyberex: Cyberex, tiny: Path) -> None:
    tiny.write_text(tiny.read_text("utf-8").replace("at: T+5", "at: T+50"), "utf-8")
    problems = json.loads(cyberex("check", "tiny.yaml", "--format", "json").out)
    assert [(item["code"], item["line"]) for item in problems] == [("unreachable", 31)]


def test_problems_as_annotations_name_the_file(cyberex: Cyberex, tiny: Path) -> None:
    tiny.write_text(tiny.read_text("utf-8").replace("from: nurse", "from: it", 1), "utf-8")
    assert cyberex("check", "tiny.yaml", "--format", "github").out.startswith("::error file=")


def test_a_broken_kit_file_is_an_author_s_mistake(cyberex: Cyberex, tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_text("cyberex_kit: 1\nid: mine\n", "utf-8")
    said = cyberex("check", "kit.yaml")
    assert said.code == 1
    assert "kit.yaml" in said.out


def test_an_unknown_name_says_what_exists(cyberex: Cyberex) -> None:
    said = cyberex("check", "begginer")
    assert said.code == 2
    assert "beginner" in said.err
    assert said.err.count("\n") == 1


def test_the_chronogram_is_shown_with_the_public_columns(cyberex: Cyberex, tiny: Path) -> None:
    said = cyberex("show", "tiny.yaml", "--format", "csv", lang="fr")
    head, first = said.out.removeprefix("\ufeff").splitlines()[:2]
    assert head.split(";")[:6] == ["Heure", "T+", "N°", "Vecteur", "Émetteur", "Destinataire"]
    assert head.endswith("Réactions attendues")
    assert first.startswith("09:02;T+2;S01;Mobile;Mme Lenoir;Informatique;Six postes figés")
    assert tiny.exists()


def test_computed_hours_are_shown_in_the_full_text(cyberex: Cyberex, tiny: Path) -> None:
    assert "figés à 09:10" in cyberex("show", str(tiny), "--full", "--format", "md").out


def test_the_schema_is_json_with_french_help(cyberex: Cyberex) -> None:
    schema = json.loads(cyberex("schema").out)
    assert "stimuli" in schema["properties"]
    assert "Chronogramme" in schema["properties"]["stimuli"]["description"]


def test_a_headless_play_prints_json_lines_only(cyberex: Cyberex, tiny: Path) -> None:
    said = cyberex("play", str(tiny), "--headless", "--journal", "one.cyberex")
    events = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert events[-1]["event"] == "exercise.finex_given"
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


@pytest.mark.parametrize("options", [[], ["--speed", "max"], ["--speed", "9000"]])
def test_a_headless_play_at_another_speed_is_a_rehearsal(
    cyberex: Cyberex, tiny: Path, options: list[str]
) -> None:
    journal = "home/journals/one.cyberex"
    cyberex("play", str(tiny), "--headless", *options, "--journal", journal)
    created = json.loads(cyberex("log", journal, "--format", "jsonl").out.splitlines()[0])
    assert created["rehearsal"] is True
    assert "[rehearsal]" in cyberex("list").out
    assert cyberex("log", journal).out.startswith("# EXERCISE – REHEARSAL – Log of")
    cyberex("report", journal, "--to", "out")
    report = next((tiny.parent / "out").glob("*.md")).read_text("utf-8")
    assert "REHEARSAL" in report


def test_a_headless_play_may_be_said_a_rehearsal(cyberex: Cyberex, tiny: Path) -> None:
    tiny.write_text(tiny.read_text("utf-8").replace("play: 10 min", "play: 1 s"), "utf-8")
    tiny.write_text(
        tiny.read_text("utf-8").replace("at: T+2", "at: T+0").replace("at: T+5", "at: T+0"), "utf-8"
    )
    for journal, options in (("real.cyberex", []), ("trial.cyberex", ["--rehearsal"])):
        said = cyberex(
            "play", str(tiny), "--headless", "--speed", "1", *options, "--journal", journal
        )
        created = json.loads(said.out.splitlines()[0])
        assert created.get("rehearsal", False) is bool(options)


def test_an_existing_journal_is_never_touched(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    cyberex("play", str(tiny), "--headless", "--journal", "one.cyberex")
    before = (tmp_path / "one.cyberex").read_bytes()
    said = cyberex("play", str(tiny), "--headless", "--journal", "one.cyberex")
    assert said.code == 2
    assert (tmp_path / "one.cyberex").read_bytes() == before


def test_a_kit_with_two_sectors_needs_one_off_a_terminal(cyberex: Cyberex) -> None:
    said = cyberex("play", "beginner", "--headless")
    assert said.code == 2
    assert "--sector" in said.err


def test_the_console_is_refused_without_a_terminal(cyberex: Cyberex, tiny: Path) -> None:
    assert cyberex("play", str(tiny)).code == 2


def test_a_script_steers_a_headless_play(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    line = {"at": "T+1", "command": "stimulus.skip", "stimulus": "s02"}
    (tmp_path / "do.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    said = cyberex("play", str(tiny), "--headless", "--script", "do.jsonl")
    assert '"stimulus.skipped"' in said.out


def test_mistakes_of_a_script_are_shown_before_anything_starts(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "do.jsonl").write_text('{"at": "T+1", "command": "stimulus.skp"}\n', "utf-8")
    said = cyberex("play", str(tiny), "--headless", "--script", "do.jsonl")
    assert (said.code, said.out) == (1, "")
    assert "do.jsonl:1:" in said.err


@pytest.mark.parametrize("speed", ["0", "-1", "nan", "inf", "fast"])
def test_a_speed_that_is_none_is_refused(cyberex: Cyberex, tiny: Path, speed: str) -> None:
    assert cyberex("play", str(tiny), "--headless", f"--speed={speed}").code == 2


def test_what_was_played_can_be_listed_verified_and_read(cyberex: Cyberex, tiny: Path) -> None:
    cyberex("play", str(tiny), "--headless", "--journal", "home/journals/one.cyberex")
    assert "Deux appels" in cyberex("list").out
    assert cyberex("verify", "home/journals/one.cyberex").code == 0
    log = cyberex("log", "home/journals/one.cyberex")
    assert log.code == 0
    assert "S01" in log.out
    assert cyberex("log", "home/journals/one.cyberex", "--format", "csv").code == 0
    lines = cyberex("log", "home/journals/one.cyberex", "--format", "jsonl").out.splitlines()
    assert json.loads(lines[0])["event"] == "exercise.created"


def test_the_report_is_written_where_asked(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    cyberex("play", str(tiny), "--headless", "--journal", "one.cyberex")
    said = cyberex("report", "one.cyberex", "--to", "out")
    assert said.code == 0
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".md"]


def test_a_tampered_journal_does_not_verify(cyberex: Cyberex, tiny: Path, tmp_path: Path) -> None:
    cyberex("play", str(tiny), "--headless", "--journal", "one.cyberex")
    path = tmp_path / "one.cyberex"
    whole = path.read_bytes()
    assert b"s02#1" in whole
    path.write_bytes(whole.replace(b"s02#1", b"s02#9", 1))
    assert cyberex("verify", "one.cyberex").code in (1, 2)


def test_forget_needs_to_know_what(cyberex: Cyberex, tiny: Path) -> None:
    cyberex("play", str(tiny), "--headless", "--journal", "one.cyberex")
    assert cyberex("forget", "one.cyberex").code == 2


def test_what_is_no_journal_is_said_in_one_line(cyberex: Cyberex, tiny: Path) -> None:
    for command in (["verify"], ["log"], ["resume", "--headless"], ["report", "--to", "x"]):
        said = cyberex(command[0], str(tiny), *command[1:])
        assert said.code == 2
        assert said.err.count("\n") == 1
        assert "Traceback" not in said.err


def test_variables_of_the_scenario_can_be_set(cyberex: Cyberex, tiny: Path) -> None:
    text = tiny.read_text("utf-8").replace("timing:", "variables:\n  place: X\ntiming:")
    tiny.write_text(text.replace("Deux appels", "Deux appels à ${place}"), "utf-8")
    said = cyberex("play", str(tiny), "--headless", "--set", "place=Aubelle")
    created = json.loads(said.out.splitlines()[0])
    assert created["scenario"]["title"] == "Deux appels à Aubelle"
    assert cyberex("play", str(tiny), "--headless", "--set", "place").code == 2
