"""What the machine says of itself, raw; None wherever it does not say. Nothing here raises.

Each system has its own words: they are understood by small functions that take the text, so that
a test can hand them any machine's.
"""

import ctypes
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASKED_S = 5.0
POWER_SUPPLY = Path("/sys/class/power_supply")

Run = Callable[[Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class Power:
    """`mains` None: not known. `percent` of the battery, None without one."""

    mains: bool | None
    percent: int | None = None


def run(command: Sequence[str]) -> str | None:
    """What the command prints; None if there is none, if it fails or if it hangs."""
    try:
        done = subprocess.run(
            list(command),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=ASKED_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else None


# ---------------------------------------------------------------- power


def power(platform: str = sys.platform, asked: Run = run) -> Power:
    """What feeds this machine."""
    if platform == "darwin":
        return power_of_pmset(asked(["pmset", "-g", "batt"]))
    if platform == "win32":
        return power_of_windows(windows_power_status())
    return power_of_sysfs(POWER_SUPPLY)


def power_of_sysfs(root: Path) -> Power:
    """Linux: one folder for each supply, with its `type`, `online`, `capacity`, `status`."""
    try:
        supplies = sorted(root.iterdir())
    except OSError:
        return Power(None)
    mains: list[bool] = []
    percents: list[int] = []
    discharging = False
    for supply in supplies:
        kind = _line(supply / "type")
        if kind == "Battery" and _line(supply / "scope") != "Device":
            percents += [int(text) for text in [_line(supply / "capacity")] if text.isdecimal()]
            discharging = discharging or _line(supply / "status") == "Discharging"
        elif kind in ("Mains", "USB") and (online := _line(supply / "online")):
            mains.append(online != "0")
    percent = min(percents, default=None)
    if mains:
        return Power(any(mains), percent)
    return Power(not discharging if percents else None, percent)


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def power_of_pmset(text: str | None) -> Power:
    """macOS: `Now drawing from 'AC Power'`, then a line for each battery."""
    if text is None:
        return Power(None)
    source = re.search(r"Now drawing from '([^']+)'", text)
    percent = re.search(r"(\d{1,3})%", text)
    mains = None if source is None else source[1] == "AC Power"
    return Power(mains, int(percent[1]) if percent else None)


def power_of_windows(status: tuple[int, int] | None) -> Power:
    """Windows: (line status, percent); 255 is unknown in both."""
    if status is None:
        return Power(None)
    line, percent = status
    mains = {0: False, 1: True}.get(line)
    return Power(mains, percent if 0 <= percent <= 100 else None)


class _SystemPowerStatus(ctypes.Structure):
    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds_left", ctypes.c_uint32),
        ("seconds_full", ctypes.c_uint32),
    )


def windows_power_status() -> tuple[int, int] | None:
    """What GetSystemPowerStatus fills in; None anywhere but on Windows."""
    library: Any = getattr(ctypes, "windll", None)
    if library is None:
        return None
    status = _SystemPowerStatus()
    try:
        if not library.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
            return None
    except (OSError, AttributeError):
        return None
    return int(status.line), int(status.percent)


# ---------------------------------------------------------------- sleep


def sleep_minutes(platform: str = sys.platform, asked: Run = run) -> int | None:
    """Minutes without a touch after which the machine sleeps on mains; 0 never, None unknown."""
    if platform == "darwin":
        return sleep_of_pmset(asked(["pmset", "-g"]))
    if platform == "win32":
        return sleep_of_powercfg(
            asked(["powercfg", "/q", "SCHEME_CURRENT", "SUB_SLEEP", "STANDBYIDLE"])
        )
    schema = "org.gnome.settings-daemon.plugins.power"
    return sleep_of_gsettings(
        asked(["gsettings", "get", schema, "sleep-inactive-ac-type"]),
        asked(["gsettings", "get", schema, "sleep-inactive-ac-timeout"]),
    )


def sleep_of_gsettings(kind: str | None, timeout: str | None) -> int | None:
    """GNOME: `'nothing'` or `'suspend'`, and seconds."""
    if kind is None:
        return None
    if "nothing" in kind:
        return 0
    # `900`, or `uint32 900`.
    seconds = re.search(r"(\d+)\s*$", timeout or "")
    return None if seconds is None else -(-int(seconds[1]) // 60)


def sleep_of_pmset(text: str | None) -> int | None:
    """macOS: a line ` sleep   10 (…)`."""
    found = re.search(r"^\s*sleep\s+(\d+)", text or "", re.MULTILINE)
    return int(found[1]) if found else None


def sleep_of_powercfg(text: str | None) -> int | None:
    """Windows, in any language: of the last two hexadecimal seconds, the first is for mains."""
    found = re.findall(r"0x([0-9a-fA-F]{8})\b", text or "")
    return -(-int(found[-2], 16) // 60) if len(found) >= 2 else None


# ---------------------------------------------------------------- printer


def printer(platform: str = sys.platform, asked: Run = run) -> str | None:
    """The name of the printer that would print; "" if there is none, None if it is not known."""
    if platform == "win32":
        return windows_printer()
    return printer_of_lpstat(asked(["lpstat", "-d"]), asked(["lpstat", "-a"]))


def printer_of_lpstat(default: str | None, accepting: str | None) -> str | None:
    """CUPS: `system default destination: NAME` in some language, and a line for each printer."""
    if default is None and accepting is None:
        return None
    name = (default or "").strip().rpartition(": ")[2] if ": " in (default or "") else ""
    if name:
        return name
    lines = (accepting or "").splitlines()
    return lines[0].split()[0] if lines and lines[0].split() else ""


def windows_printer() -> str | None:
    """What GetDefaultPrinterW answers; None anywhere but on Windows."""
    loader: Any = getattr(ctypes, "WinDLL", None)
    if loader is None:
        return None
    try:
        spooler = loader("winspool.drv")
        size = ctypes.c_uint32(0)
        spooler.GetDefaultPrinterW(None, ctypes.byref(size))
        if not size.value:
            return ""
        name = ctypes.create_unicode_buffer(size.value)
        return name.value if spooler.GetDefaultPrinterW(name, ctypes.byref(size)) else ""
    except (OSError, AttributeError):
        return None
