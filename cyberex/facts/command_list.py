"""Every command by its recorded name: the one list that codec, scripts and documentation read."""

import inspect

from cyberex.facts import animation_commands, commands, delivery_commands
from cyberex.facts.model import Command


def _all_commands() -> dict[str, type[Command]]:
    found: dict[str, type[Command]] = {}
    for module in (commands, animation_commands, delivery_commands):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Command) and kind is not Command:
                found[kind.name] = kind
    return found


COMMANDS = _all_commands()
