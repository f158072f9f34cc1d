"""The door: `cyberex` and `python -m cyberex`. Says its version without loading anything else.

The language is chosen here, before the command line is imported: its help texts are translated
when it is.
"""

import sys
from collections.abc import Sequence

from cyberex import __version__


def main() -> int:
    """Run the command line; the value is the exit code."""
    if sys.argv[1:] == ["--version"]:
        try:
            print(f"cyberex {__version__}", flush=True)
        except OSError:  # a closed pipe, a full disk
            sys.stdout = None
        return 0
    from cyberex.i18n import choose_language, set_language

    lang, arguments = language_asked(sys.argv[1:])
    set_language(choose_language(lang))
    from cyberex.cli.app import main as command_line

    return command_line(arguments)


def language_asked(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """`--lang en` or `--lang=en`, wherever it stands, and the arguments without it."""
    rest: list[str] = []
    lang = None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            lang = next(waiting, None)
        elif argument.startswith("--lang="):
            lang = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    return lang, rest


if __name__ == "__main__":
    sys.exit(main())
