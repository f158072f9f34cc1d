"""Where to serve, with which certificate: `[portal]` of `cyberex.toml`, and `--portal`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cyberex.errors import UserError
from cyberex.i18n import _
from cyberex.portal.server import DEFAULT_PORT, EVERYWHERE, Binding

FILE = "cyberex.toml"
TABLE = "portal"
KEYS = ("host", "port", "certificate", "key", "names")


def binding_of(folders: Iterable[Path]) -> Binding:
    """As the first `cyberex.toml` with a `[portal]` found in `folders` says; paths in it are
    relative to it. UserError if it cannot be used."""
    for folder in folders:
        table = _table(folder / FILE)
        if table is not None:
            return _binding(folder / FILE, table)
    return Binding()


def bound_to(binding: Binding, address: str) -> Binding:
    """`binding` at the address that somebody typed: `HOST:PORT`, a host or a port alone, "" for
    what it is. UserError if it is no address."""
    said = address.strip()
    if not said:
        return binding
    host, colon, port = said.rpartition(":")
    if said.isascii() and said.isdigit():
        host, port = "", said
    elif not colon or said.endswith("]") or (":" in host and not host.endswith("]")):
        host, port = said, ""
    if port and not (port.isascii() and port.isdigit() and int(port) < 65_536):
        raise UserError(
            _("'{address}' is no address to serve at.").format(address=said),
            _("Write for instance {host}:{port}.").format(host=EVERYWHERE, port=DEFAULT_PORT),
        )
    return replace(
        binding,
        host=host.strip("[]") or binding.host,
        port=int(port) if port else binding.port,
    )


def _table(path: Path) -> Mapping[str, Any] | None:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig")).get(TABLE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(
            _("cannot read '{path}': {reason}").format(path=path, reason=error.strerror or error)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # Its own message quotes the line, which may hold the password of the mail.
        raise UserError(
            _("'{path}' is not TOML.").format(path=path),
            _('Write each key as name = "value", under [portal].'),
        ) from None
    if found is not None and not isinstance(found, dict):
        raise UserError(
            _("'{name}' is not a table in '{path}'.").format(name=TABLE, path=path),
            _("Write [{name}] on a line of its own.").format(name=TABLE),
        )
    return found


def _binding(path: Path, table: Mapping[str, Any]) -> Binding:
    for key in table:
        if key not in KEYS:
            known = ", ".join(get_close_matches(key, KEYS, 1) or KEYS)
            raise UserError(
                _("unknown key '{key}' under [{name}] in '{path}'.").format(
                    key=key, name=TABLE, path=path
                ),
                _("Write: {known}.").format(known=known),
            )
    certificate, private = _path(path, table, "certificate"), _path(path, table, "key")
    if (certificate is None) != (private is None):
        raise UserError(
            _("[portal] in '{path}' has a certificate or a key, not both.").format(path=path),
            _("Give certificate and key, both in PEM."),
        )
    port = table.get("port", DEFAULT_PORT)
    names = table.get("names", [])
    well = isinstance(port, int) and 0 < port < 65_536
    if not well or not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UserError(
            _("[portal] in '{path}' cannot be read.").format(path=path),
            _('port is a number up to 65535, names a list: names = ["exercise.hospital.example"].'),
        )
    return Binding(
        host=str(table.get("host", EVERYWHERE)),
        port=port,
        certificate=certificate,
        key=private,
        names=tuple(names),
    )


def _path(file: Path, table: Mapping[str, Any], key: str) -> Path | None:
    said = table.get(key)
    return file.parent / str(said) if said else None
