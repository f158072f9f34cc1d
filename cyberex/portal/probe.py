"""Can a phone reach this machine, and hear from it? A test page without any exercise behind it.

Each thing that arrives is a step; what is missing after a while says what blocks. Any host is
answered here, which the portal never does: a proxy that changes it is a thing to find.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from cyberex.exercise.clocks import Clocks
from cyberex.i18n import _
from cyberex.portal.assets import static_files, static_route
from cyberex.portal.guard import Security, address_of, split_host
from cyberex.portal.rendering import Renderer

PATIENCE_S = 30.0
EVENT_DELAY_S = 1.0


class Step(StrEnum):
    """In the order in which they come."""

    PAGE = "page"  # the browser asked for the page
    STREAM = "stream"  # its script runs, and asked for live events
    EVENT = "event"  # a live event arrived there: the browser posted it back
    SEEN = "seen"  # somebody pressed the button


@dataclass(frozen=True, slots=True)
class Arrived:
    """`address` is the device's; `host` what it asked for, "" unless that is not what we serve."""

    step: Step
    address: str
    host: str = ""


class Probe:
    """What arrived so far; `on_arrival` is called once for each step of each address. `names` are
    hosts that this machine is known by."""

    def __init__(
        self,
        clocks: Clocks,
        on_arrival: Callable[[Arrived], None],
        *,
        names: Iterable[str] = (),
    ) -> None:
        self._clocks = clocks
        self._on_arrival = on_arrival
        self._names = {"localhost", *(name.lower() for name in names)}
        self._static = static_files()
        self._renderer = Renderer(self._static)
        self._known: set[tuple[str, Step]] = set()

    @property
    def steps(self) -> frozenset[Step]:
        """Those that some device other than this machine reached; this one's if none other did."""
        others = {step for address, step in self._known if not _is_here(address)}
        return frozenset(others or {step for _, step in self._known})

    def app(self) -> ASGIApp:
        return Security(
            Router(
                [
                    Route("/", self._page, methods=["GET"]),
                    Route("/event", self._event, methods=["GET"]),
                    Route("/back/{step}", self._back, methods=["POST"]),
                    static_route(self._static),
                ]
            )
        )

    def _arrived(self, step: Step, request: Request) -> None:
        address = address_of(request)
        if (address, step) in self._known:
            return
        self._known.add((address, step))
        self._on_arrival(Arrived(step, address, self._other_host(request)))

    def _other_host(self, request: Request) -> str:
        """The host asked for, when it is neither the address it came to nor a name of ours."""
        asked = request.headers.get("host", "")
        name, _port = split_host(asked.lower())
        here = (request.scope.get("server") or ("", 0))[0]
        return "" if name in {here, *self._names} else asked

    async def _page(self, request: Request) -> Response:
        self._arrived(Step.PAGE, request)
        return HTMLResponse(self._renderer.render("probe.html"))

    async def _event(self, request: Request) -> Response:
        self._arrived(Step.STREAM, request)
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(self._events(), media_type="text/event-stream", headers=headers)

    async def _events(self) -> AsyncIterator[str]:
        """One event a second: a proxy that keeps them back shows."""
        number = 0
        while True:
            number += 1
            yield f"id: {number}\nevent: test\ndata: {number}\n\n"
            await self._clocks.wait(asyncio.Event(), self._clocks.monotonic_s() + EVENT_DELAY_S)

    async def _back(self, request: Request) -> Response:
        step = request.path_params["step"]
        if step not in (Step.EVENT, Step.SEEN):
            return Response(status_code=404)
        self._arrived(Step(step), request)
        return Response(status_code=204)


def said(arrived: Arrived) -> str:
    """The step, in a sentence."""
    match arrived.step:
        case Step.PAGE:
            text = _("{address}: the page was asked for.")
        case Step.STREAM:
            text = _("{address}: the page is shown there, its script runs.")
        case Step.EVENT:
            text = _("{address}: a live event arrived there, and its answer came back.")
        case Step.SEEN:
            text = _("{address}: somebody there says that all is well.")
    sentence = text.format(address=arrived.address)
    if arrived.host:
        other = _("It asked for '{host}', which is not us: something stands in between.")
        sentence += " " + other.format(host=arrived.host)
    return sentence


def what_blocks(steps: frozenset[Step]) -> tuple[str, ...]:
    """After a while, what is missing and what to look at, the likeliest first; () if all came."""
    if Step.EVENT in steps:
        return ()
    if Step.STREAM in steps:
        return (
            _("The page came but no event: a proxy or an antivirus keeps them back."),
            _("In the phone's Wi-Fi settings, set the proxy to none."),
        )
    if Step.PAGE in steps:
        return (
            _("The page was asked for, but its script does not run: open it in a usual browser."),
            _("A page opened inside another application, or by a captive portal, is not enough."),
        )
    return (
        _("Nothing reached this machine."),
        _("Is the phone on the same Wi-Fi, its mobile data switched off?"),
        _("Does this machine's firewall let it in? On Windows, allow it on private networks."),
        _("Does the Wi-Fi keep its devices apart (client isolation)? Guest networks do."),
        _("Does the Wi-Fi want a login page first (captive portal)? Log in, then try again."),
        _("Otherwise use the animation's own router: it needs no internet connection."),
    )


def _is_here(address: str) -> bool:
    return address.startswith("127.") or address == "::1"
