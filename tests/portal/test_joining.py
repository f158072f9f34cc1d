"""Who comes in, by what, and what a browser is left with."""

from pathlib import Path

from tests.portal.house import house


async def test_a_code_lets_a_device_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        answer = await browser.get("/player")
        assert answer.status == 200
        assert "Pour le portail" in answer.body
        assert home.bugs == []
