"""The connection test says what arrived, and what is missing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cyberex.exercise.clocks import VirtualClocks
from cyberex.portal.probe import Arrived, Probe, Step, said, what_blocks
from cyberex.portal.server import Binding, Server
from tests.portal.house import HERE, NINE, Browser


@asynccontextmanager
async def probed() -> AsyncIterator[tuple[Probe, Browser, list[Arrived]]]:
    arrived: list[Arrived] = []
    probe = Probe(VirtualClocks(NINE), arrived.append, names=["Exercice.hopital.example"])
    server = Server(probe.app(), Binding(HERE, 0))
    await server.start()
    try:
        yield probe, Browser(server.port), arrived
    finally:
        await server.stop()


async def test_each_step_of_a_device_is_told_once() -> None:
    async with probed() as (probe, browser, arrived):
        assert (await browser.get("/")).status == 200
        await browser.get("/")
        async with browser.live(path="/event") as live:
            assert (await live.next())["event"] == "test"
        assert (await browser.ask("POST", "/back/event")).status == 204
        assert (await browser.ask("POST", "/back/seen")).status == 204
        assert [item.step for item in arrived] == list(Step)
        assert probe.steps == frozenset(Step)


async def test_another_host_than_ours_is_told() -> None:
    async with probed() as (_, browser, arrived):
        browser.host = "proxy.example"
        await browser.get("/")
        assert arrived == [Arrived(Step.PAGE, HERE, "proxy.example")]
        assert "proxy.example" in said(arrived[0])


async def test_the_name_that_the_hospital_gave_us_is_ours() -> None:
    async with probed() as (_, browser, arrived):
        browser.host = "exercice.hopital.example:8443"
        await browser.get("/")
        assert arrived == [Arrived(Step.PAGE, HERE)]


async def test_the_page_of_the_test_keeps_the_policy() -> None:
    async with probed() as (_, browser, _arrived):
        answer = await browser.get("/")
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "<script>" not in answer.body
        assert (await browser.ask("POST", "/back/other")).status == 404


def test_what_is_missing_says_what_to_look_at() -> None:
    told = [
        what_blocks(frozenset(steps))
        for steps in ((), (Step.PAGE,), (Step.PAGE, Step.STREAM), tuple(Step))
    ]
    assert told[-1] == ()
    assert len({hints[0] for hints in told[:-1]}) == 3


def test_a_device_outside_counts_before_this_machine() -> None:
    probe = Probe(VirtualClocks(NINE), lambda _: None)
    probe._known = {(HERE, step) for step in Step} | {("10.0.0.9", Step.PAGE)}
    assert probe.steps == {Step.PAGE}
