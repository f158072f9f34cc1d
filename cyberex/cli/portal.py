"""`portal --test`: does a page, and a live event, reach a phone of this network? What blocks?"""

import asyncio
import sys
from typing import Annotated

import typer

from cyberex.cli.places import home
from cyberex.cli.printing import say, tell
from cyberex.errors import UserError
from cyberex.i18n import _

BLACK_ON_WHITE, AS_BEFORE = "\x1b[38;5;16;48;5;231m", "\x1b[0m"


def portal(
    address: Annotated[
        str, typer.Argument(metavar="HOST:PORT", help=_("where to serve; else on every network"))
    ] = "",
    test: Annotated[
        bool, typer.Option("--test", help=_("serve a test page, say what arrives from a phone"))
    ] = False,
) -> None:
    """Try the network of the participants' pages before the day."""
    if not test:
        raise UserError(
            _("say what to do with the portal."),
            _("--test tries the network; cyberex play … --portal serves an exercise."),
        )
    asyncio.run(_test(address))


async def _test(address: str) -> None:
    """Serve the test page until Ctrl-C."""
    from cyberex.exercise.clocks import SystemClocks
    from cyberex.portal.addresses import urls
    from cyberex.portal.probe import PATIENCE_S, Probe, said, what_blocks
    from cyberex.portal.server import Server
    from cyberex.portal.settings import binding_of, bound_to

    clocks = SystemClocks()
    binding = bound_to(binding_of([home()]), address)
    probe = Probe(clocks, lambda arrived: tell(said(arrived)), names=binding.names)
    server = Server(probe.app(), binding)
    await server.start()
    try:
        _invite(urls(binding, server.port))
        told: tuple[str, ...] = ()
        while True:
            await clocks.wait(asyncio.Event(), clocks.monotonic_s() + PATIENCE_S)
            hints = what_blocks(probe.steps)
            if hints != told:
                for hint in hints:
                    tell(f"  {hint}")
                told = hints
    finally:
        await server.stop()


def _invite(addresses: tuple[str, ...]) -> None:
    from cyberex.cli.playing import is_terminal
    from cyberex.portal.desk import qr_rows

    if is_terminal(sys.stdout):
        for row in qr_rows(addresses[0]):
            say(f"{BLACK_ON_WHITE}{row}{AS_BEFORE}")
    tell(_("Open this address on a phone of the same network (Ctrl-C ends):"))
    for address in addresses:
        tell(f"  {address}")
