"""A slip on the command line is answered in the language of the operator."""

import pytest

from tests.cli.conftest import Cyberex


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["shema"], "la commande « shema » n'existe pas. Vouliez-vous dire 'schema'"),
        (["check"], "il manque PATHS après la commande."),
        (["report", "x"], "il manque l'option --to."),
        (["play", "--sped", "1"], "l'option --sped n'existe pas. Vouliez-vous dire '--speed'"),
        (["play", "--speed"], "une valeur est attendue après --speed."),
        (["play", "a", "b"], "des mots de trop : b."),
        (["play", "--headless=3"], "l'option --headless ne prend pas de valeur."),
        (["play", "a", "--seed", "x"], "--seed attend un nombre entier."),
        (["log", "x", "--format", "cvs"], "« cvs » n'est pas admis pour --format"),
        (["schema", "foo"], "« foo » n'est pas admis pour WHAT"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_is_said_in_french(cyberex: Cyberex, typed: list[str], sentence: str) -> None:
    said = cyberex(*typed, lang="fr")
    assert said.code == 2
    assert sentence in said.err.replace("\u00a0", " ").replace("\u202f", " ")
    assert said.err.count("\n") == 1


def test_the_help_of_the_help_is_in_french(cyberex: Cyberex) -> None:
    assert "Show this message" not in cyberex("--help", lang="fr").out
    assert "Show this message" not in cyberex("play", "--help", lang="fr").out
