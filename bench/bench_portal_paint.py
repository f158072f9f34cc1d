"""How soon does a phone on a poor network show its inbox, and how many bytes does that take?

Run `python bench/bench_portal_paint.py`. Headless Chromium as a phone: 360 pixels, 1.6 Mbit/s with
150 ms there and back, a processor four times slower. Target: 1 s, 100 kB. Without Chromium or
playwright it says that it was not tried.
"""

import asyncio
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # from a checkout, installed or not
sys.path.insert(0, str(Path(__file__).parent))

import bench_portal as portal_bench

from cyberex.facts.model import AccessKind
from cyberex.portal.audience import Audience

MAILS, LOADS = 30, 5
PHONE = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
PAINTS = "performance.getEntriesByType('paint').map(paint => paint.startTime)"
WEIGHT = "performance.getEntries().reduce((sum, item) => sum + (item.transferSize || 0), 0)"


def stimuli() -> str:
    text = "EXERCICE. " + "Plusieurs postes du service affichent le même message. " * 12
    rest = f"from: nurse, to: [c0], via: mail, title: Message, text: {text}"
    lines = [f"  - {{id: s{n}, at: T+0, {rest}}}" for n in range(MAILS)]
    return "stimuli:\n" + "\n".join(lines) + "\n"


async def paint(chromium: str) -> None:
    from playwright.async_api import async_playwright

    async with portal_bench.served(stimuli=stimuli()) as (_, portal, port):
        token = await portal.accesses.give(Audience(AccessKind.PLAYER, "c0"))
        url = f"http://{portal_bench.HERE}:{port}"
        paints, weights, wholes = [], [], []
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for _ in range(LOADS):
                context = await browser.new_context(viewport={"width": 360, "height": 740})
                await context.add_cookies([{"name": portal.cookie, "value": token, "url": url}])
                page = await context.new_page()
                tools = await context.new_cdp_session(page)
                await tools.send("Network.emulateNetworkConditions", {"offline": False, **PHONE})
                await tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                before = time.monotonic()
                await page.goto(f"{url}/player", wait_until="load")
                wholes.append(time.monotonic() - before)
                await page.wait_for_timeout(300)
                paints.append(max(await page.evaluate(PAINTS)))
                weights.append(await page.evaluate(WEIGHT))
                await context.close()
            await browser.close()
    painted, whole = sorted(paints)[LOADS // 2], 1000 * sorted(wholes)[LOADS // 2]
    print(
        f"inbox of {MAILS} messages on a slow phone: painted after {painted:.0f} ms (worst "
        f"{max(paints):.0f}), loaded after {whole:.0f} ms, {max(weights) / 1000:.0f} kB"
    )


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("first paint on a phone: not tried, no Chromium here")
        return
    try:
        asyncio.run(paint(chromium))
    except ImportError:
        print("first paint on a phone: not tried, playwright is not installed")


if __name__ == "__main__":
    main()
