"""The command line: commands wired together, and every outcome turned into an exit code.

0 all is well; 1 the author's files have errors; 2 the operator can mend it; 3 our bug; 130 Ctrl-C.
"""

import re
import sys
import traceback
from collections.abc import Sequence

import typer

from cyberex import __version__
from cyberex.cli import (
    assess,
    authoring,
    demo,
    journals,
    kit_printing,
    kits,
    papers,
    playing,
    portal,
    preflight,
    preparing,
    stage,
)
from cyberex.cli.places import bug_reports
from cyberex.cli.printing import complain, say, speak_utf8
from cyberex.cli.usage import translate_help, usage_sentence
from cyberex.errors import UserError
from cyberex.i18n import _

INTERRUPTED = 130

ADDRESS = re.compile(r"(\d{1,5}|[^\s/\\]*:\d{1,5})")
"""What `--portal` may be followed by: a port, :PORT or HOST:PORT."""


def _version(asked: bool) -> None:
    if asked:
        say(f"cyberex {__version__}")
        raise typer.Exit


def _everything(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help=_("say the version")
    ),
    lang: str = typer.Option("", "--lang", help=_("fr or en; CYBEREX_LANG does the same")),
) -> None:
    """Play the yearly cyber-crisis exercise of a healthcare facility."""


def _app() -> typer.Typer:
    """Made at import, once the language is chosen: help texts are translated here."""
    found = typer.Typer(
        name="cyberex",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
    )
    found.callback(help=_("Play the yearly cyber-crisis exercise of a healthcare facility."))(
        _everything
    )
    for name, command, told in (
        ("kits", kits.kits, _("List the kits, and how many animators each takes.")),
        ("assess", assess.assess, _("Find which level to play, from twenty statements.")),
        ("demo", demo.demo, _("Watch five commented minutes at the console.")),
        ("play", playing.play, _("Play a kit or a scenario, in the console or without a screen.")),
        ("resume", playing.resume, _("Go on with an exercise from its journal.")),
        ("check", authoring.check, _("Find every mistake of scenarios and kits.")),
        ("prepare", preparing.prepare, _("Make a kit the facility's own exercise, in a folder.")),
        ("preflight", preflight.preflight, _("Say what is ready for the day, and what is not.")),
        ("portal", portal.portal, _("Try the network of the participants' pages.")),
        ("sheets", papers.sheets, _("Write the animators' sheets, to be printed.")),
        ("print", kit_printing.print_kit, _("Write every document of a kit: PDF, Word, slides.")),
        ("papers", papers.papers, _("Write the papers around the game, to be printed.")),
        ("stage", stage.stage, _("Write the simulated screens, papers and forms.")),
        ("show", authoring.show, _("Print a chronogram with the columns of the national kits.")),
        ("schema", authoring.schema, _("Print the JSON Schema of the language, for an editor.")),
        ("list", journals.list_journals, _("List the exercises on this machine.")),
        ("log", journals.log, _("Print the log of an exercise.")),
        ("report", journals.report, _("Write the hot-debrief report.")),
        ("verify", journals.verify, _("Prove that a journal is whole and plays the same again.")),
        ("forget", journals.forget, _("Erase names or texts from a journal, for good.")),
    ):
        found.command(name, help=told)(command)
    return found


app = _app()


def main(arguments: Sequence[str]) -> int:
    """Run the command line in the language already chosen; the value is the exit code."""
    speak_utf8()
    try:
        group = typer.main.get_command(app)
        translate_help(group)
        code = group.main(
            args=with_portal_address(arguments), prog_name="cyberex", standalone_mode=False
        )
        return code if isinstance(code, int) else 0
    except UserError as error:
        complain(f"cyberex: {error}")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; what is left to say is said to nobody.
        sys.stdout = None
        return 0
    except typer.TyperException as error:
        advice = _("See cyberex --help.")
        complain(f"cyberex: {usage_sentence(error)} {advice}")
        return 2
    except Exception as error:
        complain(
            _("cyberex: a bug of ours. The account of it is in {path}").format(path=log_bug(error))
        )
        return 3


def with_portal_address(arguments: Sequence[str]) -> list[str]:
    """`--portal` may stand alone: options of typer always take a value, so it is given one."""
    found = list(arguments)
    for place in range(len(found) - 1, -1, -1):
        following = found[place + 1] if place + 1 < len(found) else ""
        if found[place] == "--portal" and not ADDRESS.fullmatch(following):
            found[place] = "--portal="
    return found


def log_bug(error: BaseException) -> str:
    """Keep the traceback and the versions where the operator can send them from; its path."""
    from cyberex.cli.bugs import write_bug

    account = "".join(traceback.format_exception(error))
    try:
        return write_bug(bug_reports(), account)
    except Exception:
        # Nothing may replace the one line that is owed to the operator.
        return "-"
