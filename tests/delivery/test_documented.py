"""What can be written, and what can go wrong, is in the page on mail and has its words."""

import ast
from pathlib import Path

from cyberex.delivery.imap import __file__ as imap_file
from cyberex.delivery.opening import mailbox_trouble
from cyberex.delivery.settings import TABLES, Security
from cyberex.wording.leaving import FAILURES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/courriel.md").read_text(encoding="utf-8")


def codes(of: str, *paths: Path) -> set[str]:
    """The fixed texts with which `of` is called."""
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == of
            if named and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                found.add(str(node.args[0].value))  # type: ignore[attr-defined]
    return found


def test_every_key_and_variable_is_in_the_page() -> None:
    for name, keys in TABLES.items():
        rows = PAGE.partition(f"clé de `[{name}]`")[2]
        for key, variable in keys.items():
            assert f"| `{key}` | `{variable}` |" in rows


def test_every_word_of_security_is_in_the_page() -> None:
    assert all(f"`{word}`" in PAGE for word in Security)


def test_every_code_of_a_failure_has_its_words_and_its_row() -> None:
    given = codes("Failed", *(ROOT / "cyberex/delivery").glob("*.py"))
    assert given
    assert given - set(FAILURES) == set()
    assert {code for code in FAILURES if f"`{code}`" not in PAGE} - {"dry-run"} == set()


def test_every_trouble_of_the_mailbox_has_its_words() -> None:
    given = codes("MailboxError", Path(imap_file))
    assert given
    assert [code for code in given if mailbox_trouble(code) == code] == []
