"""The facility's colour on white paper: always dark enough to be read, printed in grey too."""

ENOUGH = 5.5
"""Contrast with white; the accessibility rules ask for 4.5 at least."""

STEP = 0.95
WHITE = 255


def readable(digits: str) -> str:
    """The colour, darkened until it can be read on white and white on it."""
    parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    while contrast_with_white(parts) < ENOUGH:
        parts = [int(part * STEP) for part in parts]
    return _digits(parts)


def tint(digits: str, share: float = 0.12) -> str:
    """A trace of it, to lie under black text."""
    parts = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return _digits([round(WHITE - (WHITE - part) * share) for part in parts])


def contrast_with_white(parts: list[int]) -> float:
    """From 1 (white) to 21 (black), as accessibility rules count it."""
    red, green, blue = (_linear(part / WHITE) for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(share: float) -> float:
    low: float = share / 12.92
    high: float = ((share + 0.055) / 1.055) ** 2.4
    return low if share <= 0.04045 else high


def _digits(parts: list[int]) -> str:
    return "".join(f"{part:02x}" for part in parts)
