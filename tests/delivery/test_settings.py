"""Where mail goes through, from a file and the environment, and how mistakes are told."""

import pickle
from pathlib import Path

import pytest

from cyberex.delivery.settings import MailSettings, Secret, Security, read_settings
from cyberex.errors import UserError

FULL = """\
[mail]
host = "smtp.chu.example"
user = "exercice"
password = "hunter2 "
from = "Exercice@chu.example"
alias = "exercice+{actor}@chu.example"
dry_run = "essai"

[imap]
host = "imap.chu.example"
security = "tls"
user = "exercice"
password = "hunter2 "

[portal]
address = "ignored here"
"""


def read(tmp_path: Path, text: str = "", **environ: str) -> MailSettings:
    if text:
        (tmp_path / "cyberex.toml").write_text(text, encoding="utf-8")
    return read_settings([tmp_path], environ, dry_run=tmp_path / "courriels")


def test_nothing_written_is_a_dry_run(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.smtp is None
    assert settings.imap is None
    assert settings.dry_run == tmp_path / "courriels"
    assert settings.mailbox.endswith(".invalid")


def test_a_file_says_everything(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    assert settings.smtp is not None
    assert settings.imap is not None
    assert (settings.smtp.host, settings.smtp.port) == ("smtp.chu.example", 587)
    assert settings.smtp.security is Security.STARTTLS
    assert (settings.imap.port, settings.imap.security) == (993, Security.TLS)
    assert settings.smtp.password.reveal() == "hunter2 "
    assert settings.mailbox == "exercice@chu.example"
    assert settings.dry_run == tmp_path / "essai"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL, CYBEREX_SMTP_HOST="localhost", CYBEREX_SMTP_PORT="2525")
    assert settings.smtp is not None
    assert (settings.smtp.host, settings.smtp.port) == ("localhost", 2525)
    assert settings.smtp.user == "exercice"


def test_the_first_folder_that_speaks_of_mail_is_read_alone(tmp_path: Path) -> None:
    own, exercise = tmp_path / "own", tmp_path / "exercise"
    for folder, host in ((own, "own.example"), (exercise, "exercise.example")):
        folder.mkdir()
        (folder / "cyberex.toml").write_text(
            f'[mail]\nhost = "{host}"\nfrom = "e@{host}"\n', encoding="utf-8"
        )
    settings = read_settings([exercise, own], {}, dry_run=tmp_path)
    assert settings.smtp is not None
    assert settings.smtp.host == "exercise.example"


def test_each_actor_writes_from_their_own_alias_and_is_found_by_it(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    assert settings.address_of("cert_sante") == "exercice+cert-sante@chu.example"
    assert settings.address_of("") == "exercice@chu.example"
    assert settings.actor_at("Exercice+Cert-Sante@chu.example", ["press", "cert_sante"]) == (
        "cert_sante"
    )
    assert settings.actor_at("exercice@chu.example", ["press"]) == ""
    assert settings.actor_at("exercice@chu.example", ["a" * 70]) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[mail]\nhots = "x"\n', "hots"),
        ('[mail]\nhost = "smtp://x"\nfrom = "e@x.example"\n', "smtp://x"),
        ('[mail]\nhost = "x"\n', "from"),
        ('[mail]\nhost = "x"\nfrom = "e"\n', "«\u00a0e\u00a0»"),
        ('[mail]\nhost = "x"\nfrom = "e@x.example"\nport = 0\n', "«\u00a00\u00a0»"),
        ('[mail]\nhost = "x"\nfrom = "e@x.example"\nport = true\n', "port"),
        ('[mail]\nhost = "x"\nfrom = "e@x.example"\nsecurity = "ssl"\n', "ssl"),
        ('[mail]\nhost = "x"\nfrom = "e@x.example"\nalias = "{actor}@y.example"\n', "{actor}@y"),
        ('[mail]\nhost = "x"\nfrom = "e@x.example"\nalias = "e@x.example"\n', "alias"),
        ('[mail]\nhost = "x"\nfrom = "e@x.example"\nsecurity = "none"\npassword = "p"\n', "x"),
        ("mail = 3\n", "mail"),
        ('[mail]\nfrom = "e@x.example"\n[imap]\nhost = "x"\n', "user"),
        (
            '[mail]\nfrom = "e@x.example"\n[imap]\nhost = "x"\nuser = "e"\nfolder = "Réponses"\n',
            "Réponses",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_what_to_write(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UserError) as told:
        read(tmp_path, text)
    assert said in told.value.message
    assert told.value.advice


def test_a_file_that_is_not_toml_is_told_without_quoting_it(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        read(tmp_path, "[mail]\npassword = hunter2\n")
    assert "hunter2" not in str(told.value)
    assert "hunter2" not in repr(told.value.__cause__)


def test_a_password_in_a_kit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_text("", encoding="utf-8")
    with pytest.raises(UserError) as told:
        read(tmp_path, FULL)
    assert "hunter2" not in str(told.value)


def test_a_password_shows_itself_nowhere(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    assert settings.smtp is not None
    for shown in (repr(settings), str(settings.smtp), f"{settings.smtp.password}"):
        assert "hunter2" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(settings.smtp.password)
    assert not Secret("")
