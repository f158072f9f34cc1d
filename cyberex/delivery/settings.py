"""Through which mail server, in whose name? Read from `cyberex.toml` and the environment.

Never here: a password in a representation, an error or a log.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, final

from cyberex.delivery.allowed import normalised
from cyberex.errors import UserError
from cyberex.i18n import _

FILE = "cyberex.toml"
KIT = "kit.yaml"
ACTOR = "{actor}"
DRY_RUN = "courriels"
TIMEOUT_S = 20.0


class Security(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


SMTP_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}
IMAP_PORTS = {Security.NONE: 143, Security.STARTTLS: 143, Security.TLS: 993}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

TABLES: Mapping[str, Mapping[str, str]] = {
    "mail": {
        "host": "CYBEREX_SMTP_HOST",
        "port": "CYBEREX_SMTP_PORT",
        "security": "CYBEREX_SMTP_SECURITY",
        "user": "CYBEREX_SMTP_USER",
        "password": "CYBEREX_SMTP_PASSWORD",
        "ca": "CYBEREX_SMTP_CA",
        "from": "CYBEREX_SMTP_FROM",
        "alias": "CYBEREX_SMTP_ALIAS",
        "dry_run": "CYBEREX_MAIL_DRY_RUN",
    },
    "imap": {
        "host": "CYBEREX_IMAP_HOST",
        "port": "CYBEREX_IMAP_PORT",
        "security": "CYBEREX_IMAP_SECURITY",
        "user": "CYBEREX_IMAP_USER",
        "password": "CYBEREX_IMAP_PASSWORD",
        "ca": "CYBEREX_IMAP_CA",
        "folder": "CYBEREX_IMAP_FOLDER",
    },
}
"""Every key of each table, and the variable of the environment that goes before it."""


@final
class Secret:
    """A password that shows itself to nobody but who asks for it by name."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def reveal(self) -> str:
        return self._word

    def __bool__(self) -> bool:
        return bool(self._word)

    def __repr__(self) -> str:
        return "Secret(***)" if self._word else "Secret()"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a Secret does not leave the program")


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect and as whom; `user` "" : without saying who. `ca` is the certificate of an
    authority of one's own, None: those of the system."""

    host: str
    port: int
    security: Security
    user: str
    password: Secret
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`smtp` None: nothing can leave, there is only the dry run. `mailbox` is the exercise's own
    address; `alias` gives each actor one ("{actor}"), "" : all write from `mailbox`."""

    smtp: Server | None
    mailbox: str
    alias: str
    dry_run: Path
    imap: Server | None = None
    folder: str = "INBOX"

    def address_of(self, actor: str) -> str:
        """From where `actor` writes, and where an answer to them comes."""
        if not (self.alias and actor):
            return self.mailbox
        return normalised(self.alias.replace(ACTOR, _slug(actor))) or self.mailbox

    def actor_at(self, address: str, actors: Sequence[str]) -> str:
        """Whose alias it is; "" if nobody's. An actor whose name makes none has the mailbox,
        which is everybody's."""
        wanted = address.strip().lower()
        if not self.alias or wanted == self.mailbox:
            return ""
        return next((actor for actor in actors if self.address_of(actor) == wanted), "")


UNSENT_MAILBOX = "exercice@cyberex.invalid"
"""In whose name the dry run writes while no mailbox is set: an address that cannot exist."""


def read_settings(
    folders: Sequence[Path], environ: Mapping[str, str], *, dry_run: Path
) -> MailSettings:
    """From the first of `folders` whose `cyberex.toml` speaks of mail, then the environment.

    `dry_run` is the maildir if nothing names another. UserError for a value that cannot be used.
    """
    tables, base = _first_file(folders)
    mail = _with_environment(tables.get("mail", {}), TABLES["mail"], environ)
    imap = _with_environment(tables.get("imap", {}), TABLES["imap"], environ)
    smtp = _server("mail", mail, SMTP_PORTS, base)
    reading = _server("imap", imap, IMAP_PORTS, base)
    mailbox = _mailbox(mail, needed=smtp is not None or reading is not None)
    if reading is not None:
        _check_reading(reading, imap["folder"])
    chosen = mail.get("dry_run")
    return MailSettings(
        smtp=smtp,
        mailbox=mailbox,
        alias=_alias(mail, mailbox),
        dry_run=base / Path(chosen).expanduser() if chosen else dry_run,
        imap=reading,
        folder=imap.get("folder", "") or "INBOX",
    )


def _first_file(folders: Sequence[Path]) -> tuple[Mapping[str, Mapping[str, Any]], Path]:
    for folder in folders:
        path = folder / FILE
        tables = _tables(path)
        if not tables:
            continue
        if (folder / KIT).is_file() and any("password" in table for table in tables.values()):
            raise UserError(
                _("'{path}' is in a kit and holds a password.").format(path=path),
                _("Kits are copied around: write it in CYBEREX_SMTP_PASSWORD or in your folder."),
            )
        return tables, folder
    return {}, Path()


def _tables(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserError(
            _("cannot read '{path}': {reason}").format(path=path, reason=error.strerror or error)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # Its own message quotes the line, which may be the password's.
        raise UserError(
            _("'{path}' is not TOML.").format(path=path),
            _('Write each key as name = "value", under [mail] or [imap].'),
        ) from None
    tables = {name: found[name] for name in TABLES if name in found}
    for name, table in tables.items():
        _check_keys(path, name, table)
    return tables


def _check_keys(path: Path, name: str, table: object) -> None:
    if not isinstance(table, dict):
        raise UserError(
            _("'{name}' is not a table in '{path}'.").format(name=name, path=path),
            _("Write [{name}] on a line of its own.").format(name=name),
        )
    for key in table:
        if key not in TABLES[name]:
            near = get_close_matches(key, TABLES[name], 1)
            known = ", ".join(near or TABLES[name])
            raise UserError(
                _("unknown key '{key}' under [{name}] in '{path}'.").format(
                    key=key, name=name, path=path
                ),
                _("Write: {known}.").format(known=known),
            )


def _with_environment(
    table: Mapping[str, Any], keys: Mapping[str, str], environ: Mapping[str, str]
) -> dict[str, str]:
    found = {}
    for key, variable in keys.items():
        value = environ.get(variable) or table.get(key, "")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise UserError(
                _("'{key}' is not a text.").format(key=key), _("Write it between quotes.")
            )
        # A password may begin or end with a space.
        found[key] = str(value) if key == "password" else str(value).strip()
    return found


def _server(
    name: str, values: Mapping[str, str], ports: Mapping[Security, int], base: Path
) -> Server | None:
    host = values["host"]
    if not host:
        return None
    if any(char.isspace() or char in "/@" for char in host):
        raise UserError(
            _("'{host}' is not the name of a server ([{name}]).").format(host=host, name=name),
            _("Write it as smtp.facility.example, without address or port."),
        )
    security = _security(name, values["security"])
    password = Secret(values["password"])
    if security is Security.NONE and password and host not in _LOOPBACK:
        raise UserError(
            _("the password would go to '{host}' for all to read ([{name}]).").format(
                host=host, name=name
            ),
            _('Write security = "starttls" or "tls".'),
        )
    ca = values["ca"]
    return Server(
        host=host,
        port=_port(name, values["port"], ports[security]),
        security=security,
        user=values["user"],
        password=password,
        ca=base / Path(ca).expanduser() if ca else None,
    )


def _security(name: str, written: str) -> Security:
    try:
        return Security(written.lower() or Security.STARTTLS)
    except ValueError:
        raise UserError(
            _("security '{value}' is unknown ([{name}]).").format(value=written, name=name),
            _("Write none, starttls or tls."),
        ) from None


def _port(name: str, written: str, usual: int) -> int:
    if not written:
        return usual
    if written.isascii() and written.isdigit() and 0 < int(written) < 65_536:
        return int(written)
    raise UserError(
        _("port '{value}' is no port ([{name}]).").format(value=written, name=name),
        _("Write a number such as {usual}.").format(usual=usual),
    )


def _check_reading(server: Server, folder: str) -> None:
    if not server.user:
        raise UserError(
            _("nobody is named to read the answers ([imap] user)."),
            _("Write the account of the exercise's mailbox."),
        )
    if not folder.isascii() or not folder.isprintable():
        raise UserError(
            _("'{value}' cannot be the folder of the answers ([imap] folder).").format(
                value=folder
            ),
            _("Let them come to INBOX, or to a folder named without accents."),
        )


def _mailbox(values: Mapping[str, str], *, needed: bool) -> str:
    written = values["from"]
    if not written and not needed:
        return UNSENT_MAILBOX
    address = normalised(written)
    if address is None:
        raise UserError(
            _("'{value}' is not the address of a mailbox ([mail] from).").format(value=written),
            _("Write the exercise's own mailbox, as exercise@facility.example."),
        )
    return address


def _alias(values: Mapping[str, str], mailbox: str) -> str:
    written = values["alias"].lower()
    if not written:
        return ""
    example = normalised(written.replace(ACTOR, "a"))
    same_domain = example is not None and example.partition("@")[2] == mailbox.partition("@")[2]
    if ACTOR not in written.partition("@")[0] or not same_domain:
        local, _at, domain = mailbox.partition("@")
        raise UserError(
            _("'{value}' cannot give each actor an address ([mail] alias).").format(value=written),
            _("Write it as {example}.").format(example=f"{local}+{ACTOR}@{domain}"),
        )
    return written


def _slug(actor: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in actor.lower())
