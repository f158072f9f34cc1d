"""Which bulletin would a jump read out now? As the engine chooses: the first variant that holds."""

from cyberex.console.conditions import all_hold
from cyberex.console.desk import Desk
from cyberex.plan.model import PlannedJump


def bulletin_now(desk: Desk, jump: PlannedJump) -> str:
    for variant in jump.variants:
        if all_hold(desk, variant.conditions):
            return variant.bulletin
    return jump.bulletin
