"""Which colour and which symbol: Okabe and Ito's colours, that colour-blind people tell apart.

A colour never speaks alone: whatever has one has a symbol or a word too.
"""

from textual.theme import Theme

from cyberex.facts.model import Mark
from cyberex.plan.model import Importance
from cyberex.views.rows import JumpStatus, Status

ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#2FB88D"  # Okabe-Ito's bluish green, lighter: it is read on black
YELLOW = "#F0E442"
VERMILLION = "#F07A2E"  # likewise
PURPLE = "#CC79A7"
GREY = "#8B949E"
WHITE = "#F0F3F6"
BLACK = "#0B0E12"

THEME = Theme(
    name="cyberex",
    primary=SKY,
    secondary=PURPLE,
    accent=ORANGE,
    warning=YELLOW,
    error=VERMILLION,
    success=GREEN,
    foreground=WHITE,
    background=BLACK,
    surface="#11161C",
    panel="#1A222B",
    dark=True,
)

STATUS: dict[Status, tuple[str, str]] = {
    Status.PLANNED: ("·", WHITE),
    Status.WAITING: ("…", GREY),
    Status.DUE: ("▶", ORANGE),
    Status.HELD: ("‖", YELLOW),
    Status.QUEUED: ("»", SKY),
    Status.TO_PERFORM: ("▶", ORANGE),
    Status.BLOCKED: ("⊘", VERMILLION),
    Status.LEAVING: ("↗", SKY),
    Status.UNSENT: ("⊘", VERMILLION),
    Status.DELIVERED: ("✓", GREEN),
    Status.ACKNOWLEDGED: ("✓", GREEN),
    Status.DEALT_WITH: ("✓", GREEN),
    Status.REFUSED: ("✗", VERMILLION),
    Status.SKIPPED: ("–", GREY),
    Status.EXPIRED: ("×", GREY),
    Status.RESERVED: ("◇", GREY),
}

JUMP: dict[JumpStatus, tuple[str, str]] = {
    JumpStatus.PLANNED: ("»", PURPLE),
    JumpStatus.PREPARED: ("▶", ORANGE),
    JumpStatus.MADE: ("✓", GREEN),
}

IMPORTANCE: dict[Importance, str] = {
    Importance.ESSENTIAL: "!",
    Importance.NORMAL: " ",
    Importance.OPTIONAL: "~",
}

MARK: dict[Mark, tuple[str, str]] = {
    Mark.PLUS: ("+", GREEN),
    Mark.MINUS: ("−", VERMILLION),
    Mark.NONE: (" ", GREY),
}

UP, DOWN = "✓", "✗"
