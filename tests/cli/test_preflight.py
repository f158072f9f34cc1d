"""What is ready for the day and what is not, from whatever a machine answers."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from cyberex import i18n
from cyberex.cli import preflight_exercise as exercise
from cyberex.cli import preflight_machine as machine
from cyberex.cli import preflight_readings as readings
from cyberex.cli.findings import Mark
from cyberex.cli.preflight_readings import Power
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.facility.printed import note_printed
from cyberex.scenario.load import scenario_of_text
from tests.cli.conftest import Cyberex
from tests.cli.test_prepare import fill_in

PARIS = timezone(timedelta(hours=1))
READY, LOOK, STOP = Mark.READY, Mark.LOOK, Mark.STOP


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


# ---------------------------------------------------------------- what machines answer


def supply(root: Path, name: str, **lines: str) -> None:
    (root / name).mkdir(parents=True)
    for key, value in lines.items():
        (root / name / key).write_text(value + "\n", "utf-8")


def test_a_linux_laptop_says_what_feeds_it(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains", online="0")
    supply(tmp_path, "BAT0", type="Battery", capacity="71", status="Discharging")
    supply(tmp_path, "mouse", type="Battery", scope="Device", capacity="3")
    assert readings.power_of_sysfs(tmp_path) == Power(False, 71)
    (tmp_path / "AC/online").write_text("1\n", "utf-8")
    assert readings.power_of_sysfs(tmp_path) == Power(True, 71)


def test_a_linux_without_batteries_or_without_answer_is_unknown(tmp_path: Path) -> None:
    assert readings.power_of_sysfs(tmp_path) == Power(None)
    assert readings.power_of_sysfs(tmp_path / "none") == Power(None)


def test_a_battery_alone_tells_whether_it_empties(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity="x", status="Charging")
    assert readings.power_of_sysfs(tmp_path) == Power(None)
    (tmp_path / "BAT0/capacity").write_text("40", "utf-8")
    assert readings.power_of_sysfs(tmp_path) == Power(True, 40)


@pytest.mark.parametrize(
    ("text", "power"),
    [
        ("Now drawing from 'AC Power'\n -InternalBattery-0\t100%; charged", Power(True, 100)),
        ("Now drawing from 'Battery Power'\n -Internal-0\t38%; discharging", Power(False, 38)),
        ("Now drawing from 'AC Power'\n", Power(True)),
        ("?", Power(None)),
        (None, Power(None)),
    ],
)  # fmt: skip
def test_a_mac_says_what_feeds_it(text: str | None, power: Power) -> None:
    assert readings.power_of_pmset(text) == power


@pytest.mark.parametrize(
    ("status", "power"),
    [((1, 90), Power(True, 90)), ((0, 12), Power(False, 12)), ((255, 255), Power(None)),
     ((1, 255), Power(True)), (None, Power(None))],
)  # fmt: skip
def test_a_windows_says_what_feeds_it(status: tuple[int, int] | None, power: Power) -> None:
    assert readings.power_of_windows(status) == power


@pytest.mark.parametrize(
    ("kind", "timeout", "minutes"),
    [("'nothing'", "900", 0), ("'suspend'", "900", 15), ("'suspend'", "uint32 61", 2),
     ("'suspend'", None, None), (None, "900", None)],
)  # fmt: skip
def test_gnome_says_when_it_sleeps(
    kind: str | None, timeout: str | None, minutes: int | None
) -> None:
    assert readings.sleep_of_gsettings(kind, timeout) == minutes


def test_windows_says_when_it_sleeps_in_any_language() -> None:
    text = (
        "  GUID: 29f6c1db-86da-48c5-9fdb-f2b67b1f44da\n    Paramètre minimal : 0x00000000\n"
        "    Index du paramètre de courant alternatif actuel : 0x00000708\n"
        "    Index du paramètre de courant continu actuel : 0x00000384\n"
    )
    assert readings.sleep_of_powercfg(text) == 30
    assert readings.sleep_of_powercfg("") is None
    assert readings.sleep_of_powercfg(None) is None


def test_a_mac_says_when_it_sleeps() -> None:
    text = " displaysleep        10\n sleep                0 (sleep prevented by x)\n"
    assert readings.sleep_of_pmset(text) == 0
    assert readings.sleep_of_pmset(None) is None


@pytest.mark.parametrize(
    ("default", "accepting", "name"),
    [
        ("system default destination: Etage2\n", None, "Etage2"),
        ("destination système par défaut : Etage2\n", None, "Etage2"),
        ("no system default destination\n", "Accueil accepting requests since\n", "Accueil"),
        ("no system default destination\n", "", ""),
        (None, None, None),
    ],
)
def test_the_printer_is_named_if_there_is_one(
    default: str | None, accepting: str | None, name: str | None
) -> None:
    assert readings.printer_of_lpstat(default, accepting) == name


def silent(command: Sequence[str]) -> str | None:
    return None if command else ""


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "freebsd"])
def test_no_machine_that_answers_nothing_makes_a_probe_raise(platform: str) -> None:
    assert readings.power(platform, silent).percent in (None, *range(101))
    assert readings.sleep_minutes(platform, silent) is None
    assert readings.printer(platform, silent) is None


def test_a_command_that_does_not_exist_or_fails_says_nothing() -> None:
    assert readings.run(["cyberex-no-such-command"]) is None
    assert readings.run(["python", "-c", "raise SystemExit(1)"]) is None


# ---------------------------------------------------------------- what is made of it


@pytest.mark.parametrize(
    ("power", "mark"),
    [(Power(True, 90), READY), (Power(False, 90), LOOK), (Power(False, 20), STOP),
     (Power(False), LOOK), (Power(None), LOOK)],
)  # fmt: skip
def test_a_machine_off_mains_is_told(power: Power, mark: Mark) -> None:
    assert machine.power_finding(power).mark is mark


@pytest.mark.parametrize(
    ("minutes", "mark"), [(0, READY), (15, LOOK), (150, LOOK), (151, READY), (None, LOOK)]
)
def test_a_machine_that_sleeps_during_the_exercise_is_told(minutes: int | None, mark: Mark) -> None:
    assert machine.sleep_finding(minutes, 150).mark is mark


NOW = datetime(2027, 3, 9, 12, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("room", "drift_s", "day", "mark"),
    [
        (NOW, 0.1, None, READY),
        (NOW, 0.0, datetime(2027, 3, 9, 13, 30), READY),
        (NOW, 0.0, datetime(2027, 3, 8, 13, 30), LOOK),
        (NOW, -3600.0, None, STOP),
        (NOW.replace(year=1980), 0.0, None, STOP),
        (NOW.astimezone(UTC), 0.0, None, LOOK),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(
    room: datetime, drift_s: float, day: datetime | None, mark: Mark
) -> None:
    assert machine.clock_finding(room, drift_s, day).mark is mark


@pytest.mark.parametrize(
    ("free", "mark"), [(10**10, READY), (10**8, LOOK), (10**6, STOP), (None, LOOK)]
)
def test_a_full_disk_is_told(tmp_path: Path, free: int | None, mark: Mark) -> None:
    assert machine.disk_finding(tmp_path, free).mark is mark


def test_space_is_measured_where_the_folder_would_be(tmp_path: Path) -> None:
    assert machine.free_space(tmp_path / "not/yet") is not None


def test_a_journal_is_really_made_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "journals"
    assert machine.journal_finding(place, NOW.isoformat()).mark is READY
    assert list(place.iterdir()) == []


def test_a_place_where_no_journal_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert machine.journal_finding(tmp_path / "file", NOW.isoformat()).mark is STOP


@pytest.mark.parametrize(
    ("size", "environ", "encoding", "platform", "marks"),
    [
        ((80, 24), {"TERM": "xterm"}, "utf-8", "linux", [READY, READY, READY]),
        ((79, 24), {"TERM": "xterm"}, "UTF-8", "linux", [STOP, READY, READY]),
        ((120, 23), {"TERM": "dumb"}, "cp1252", "linux", [STOP, LOOK, LOOK]),
        ((80, 24), {"TERM": "xterm", "NO_COLOR": "1"}, "utf-8", "linux", [READY, LOOK, READY]),
        ((80, 24), {}, "cp1252", "win32", [READY, READY, READY]),
        (None, {}, "utf-8", "linux", [LOOK]),
    ],
)
def test_a_terminal_too_small_or_too_poor_is_told(
    size: tuple[int, int] | None,
    environ: dict[str, str],
    encoding: str,
    platform: str,
    marks: list[Mark],
) -> None:
    found = machine.terminal_findings(
        None if size is None else os.terminal_size(size), environ, encoding, platform
    )
    assert [finding.mark for finding in found] == marks


def plan(second_at: str, via: str = "mobile", voice: str = "animator-1") -> Plan:
    loaded = scenario_of_text(
        f"""\
cyberex: 1
id: two
title: Deux
timing: {{play: 60 min}}
cells: [{{id: crisis, title: Cellule}}]
actors:
  - {{id: nurse, title: Mme A, kind: staff, played_by: animator-1}}
  - {{id: guard, title: M. B, kind: staff, played_by: {voice}}}
channels: [{{id: mobile, title: Mobile}}, {{id: email, title: Mél}}]
stimuli:
  - {{id: s01, at: T+5, from: nurse, to: [crisis], via: mobile, title: Un, text: Un.}}
  - {{id: s02, at: {second_at}, from: guard, to: [crisis], via: {via}, title: Deux, text: Deux.}}
"""
    )
    assert loaded.scenario is not None
    planned = plan_scenario(loaded.scenario, loaded.source, NOW)
    assert planned.plan is not None
    return planned.plan


def test_two_calls_on_one_voice_within_two_minutes_are_told() -> None:
    found = exercise.collisions_finding(plan("T+6"), {"animator-1": "M. Leroy"})
    assert found.mark is LOOK
    assert found.said == "s01 and s02 at T+5 (M. Leroy)"


def test_calls_apart_in_time_voice_or_means_do_not_collide() -> None:
    assert exercise.collisions(plan("T+7")) == []
    assert exercise.collisions(plan("T+6", voice="animator-2")) == []
    assert exercise.collisions(plan("T+6", via="email")) == []


# ---------------------------------------------------------------- as a person runs it


def test_an_exercise_not_filled_in_is_not_ready(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    cyberex("prepare", str(tiny), "--to", "ours")
    said = cyberex("preflight", "ours")
    assert said.code == 1
    assert "✗ to complete:" in said.out
    assert "Traceback" not in said.err
    assert (tmp_path / "home/journals").is_dir()


def test_an_exercise_filled_in_is_ready_where_the_machine_is(
    cyberex: Cyberex, tiny: Path, tmp_path: Path
) -> None:
    cyberex("prepare", str(tiny), "--to", "ours")
    fill_in(tmp_path / "ours")
    said = cyberex("preflight", "ours", "--journal", "usb/one.cyberex")
    for line in (
        "✓ to complete:",
        "✓ roles:",
        "✓ voices:",
        "✓ casting:",
        "✓ journal:",
        "! papers:",
    ):
        assert line in said.out, said.out
    note_printed(tmp_path / "ours", "sheets")
    assert "✓ papers:" in cyberex("preflight", "ours").out
    exercise_file = tmp_path / "ours/exercise.yaml"
    exercise_file.write_text(
        exercise_file.read_text("utf-8").replace("Salle Curie", "Salle Pasteur"), "utf-8"
    )
    said = cyberex("preflight", "ours")
    assert said.code == 1
    assert "✗ papers:" in said.out
    assert "sheets" in said.out


def test_what_is_no_exercise_folder_is_said(cyberex: Cyberex, tiny: Path) -> None:
    said = cyberex("preflight", str(tiny))
    assert (said.code, said.err.count("\n")) == (2, 1)
