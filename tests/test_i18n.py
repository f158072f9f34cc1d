"""Every text shown to a person exists in French, says the same placeholders, and is compiled.

`.ci/catalogues` brings the catalogue up to date; translations are written in the .po by hand.
"""

import ast
import io
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cyberex import i18n

ROOT = Path(__file__).parent.parent
PO = ROOT / "cyberex/locale/fr/LC_MESSAGES/cyberex.po"
TRANSLATORS = {"_", "ngettext", "pgettext"}
READERS = [("**.py", "python"), ("portal/templates/**.html", "jinja2")]
"""How Babel reads the texts of each kind of file; as in `.ci/catalogues`."""

Key = tuple[str, str | tuple[str, ...]]


def key(message_id: str | list[str] | tuple[str, ...], context: str | None) -> Key:
    said = message_id if isinstance(message_id, str) else tuple(message_id)
    return (context or "", said)


def read(text: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()), locale="fr", domain="cyberex")


def texts(message: Message) -> tuple[str, ...]:
    """The translations of the message: one, or one for each plural form."""
    said = message.string
    return tuple(said) if isinstance(said, list | tuple) else (said or "",)


def untranslated(catalogue: Catalog) -> list[str]:
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(texts(message)))
    ]


def placeholders(text: str) -> set[str]:
    """The named placeholders; none in a text that speaks of braces and is never formatted."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def mismatches(catalogue: Catalog) -> Iterator[str]:
    """Translations whose placeholders are not those of the English text.

    A plural form may leave out a number ("one stimulus").
    """
    for message in catalogue:
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        every = set().union(*map(placeholders, ids))
        needed = set.intersection(*map(placeholders, ids))
        for said in texts(message):
            if message.id and said and not needed <= placeholders(said) <= every:
                yield f"{ids[0]!r} -> {said!r}"


def not_literal(source: str) -> Iterator[int]:
    """Lines where a text is translated that extraction cannot see (an f-string, a variable)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATORS:
            literal = [
                isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                for argument in node.args
            ]
            if not literal[0] or (node.func.id != "_" and not literal[1]):  # type: ignore[attr-defined]
                yield node.lineno
        if isinstance(node, ast.JoinedStr):
            # Babel does not look inside an f-string.
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in TRANSLATORS:
                    yield inner.lineno


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read(PO.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def said_by_the_code() -> set[Key]:
    found = extract_from_dir(ROOT / "cyberex", method_map=READERS)
    return {key(message, context) for _, _, message, _, context in found}


def test_every_text_of_the_code_has_a_french_translation(
    french: Catalog, said_by_the_code: set[Key]
) -> None:
    known = {key(message.id, message.context) for message in french}
    assert sorted(str(text) for text in said_by_the_code - known) == []
    assert untranslated(french) == []


def test_the_catalogue_holds_no_text_that_the_code_no_longer_says(
    french: Catalog, said_by_the_code: set[Key]
) -> None:
    known = {key(message.id, message.context) for message in french if message.id}
    assert sorted(str(text) for text in known - said_by_the_code) == []


def test_translations_keep_the_placeholders(french: Catalog) -> None:
    assert list(mismatches(french)) == []


def test_the_compiled_catalogue_is_the_one_of_the_texts(french: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, french)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_only_literal_texts_are_translated() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "cyberex").rglob("*.py"))
        if path.name != "i18n.py"
        for line in not_literal(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_english_needs_no_catalogue() -> None:
    before = i18n.language()
    try:
        i18n.set_language("en")
        assert i18n._("unknown key '{key}'") == "unknown key '{key}'"
        assert i18n.ngettext("one", "several", 2) == "several"
    finally:
        i18n.set_language(before)


# ---------------------------------------------------------------- each check can fail


def test_a_text_translated_inside_an_f_string_is_found() -> None:
    assert list(not_literal("x = f'{_(\"Pause\")} !'")) == [1]


def test_a_fuzzy_or_empty_translation_is_found() -> None:
    text = '#, fuzzy\nmsgid "Pause"\nmsgstr "Pause"\n\nmsgid "Play"\nmsgstr ""\n'
    assert untranslated(read(text)) == ["Pause", "Play"]


def test_a_missing_plural_form_is_found() -> None:
    text = 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "un"\nmsgstr[1] ""\n'
    assert untranslated(read(text)) == [str(("one", "many"))]


@pytest.mark.parametrize("said", ["clé inconnue", "clé '{cle}'", "clé '{key}' {line}"])
def test_a_changed_placeholder_is_found(said: str) -> None:
    assert list(mismatches(read(f'msgid "key \'{{key}}\'"\nmsgstr "{said}"\n')))


def test_a_plural_may_say_one_without_a_figure() -> None:
    text = 'msgid "one line"\nmsgid_plural "{count} lines"\n'
    text += 'msgstr[0] "une ligne"\nmsgstr[1] "{count} lignes"\n'
    assert list(mismatches(read(text))) == []


@pytest.mark.parametrize("call", ["_(f'at {x}')", "_(title)", "ngettext('one', many, 2)"])
def test_a_text_that_extraction_cannot_see_is_found(call: str) -> None:
    assert list(not_literal(call)) == [1]


def test_texts_of_the_templates_are_found(said_by_the_code: set[Key]) -> None:
    assert key("Skip to the content", None) in said_by_the_code
