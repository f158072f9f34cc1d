"""The door: `cyberex` and `python -m cyberex`. Says its version without loading anything else."""

import sys

from cyberex import __version__


def main() -> int:
    """Run the command line; the value is the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"cyberex {__version__}")
        return 0
    from cyberex.cli.app import main as command_line

    return command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
