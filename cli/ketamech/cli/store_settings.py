"""Where the database is: options, else the environment, else `.env` in the working folder.

The password is never an option (others on the machine could read it): it is asked for on a terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ketamech.graph.errors import BadValue

if TYPE_CHECKING:
    from ketamech.graph.store import StoreAddress

_NAMES: Final = {"uri": "URI", "user": "USERNAME", "password": "PASSWORD", "database": "DATABASE"}
SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

UriOption = Annotated[
    str | None, typer.Option("--uri", help="Address of the database; else NEO4J_URI, else bolt://localhost:7687.")
]
UserOption = Annotated[str | None, typer.Option("--user", help="User; else NEO4J_USERNAME, else neo4j.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", help="Name of the database; else NEO4J_DATABASE, else neo4j.")
]


def store_address(
    uri: str | None = None, user: str | None = None, database: str | None = None, *, ask_password: bool = True
) -> StoreAddress:
    """Settle where the database is; ask for the password on a terminal; raise BadValue."""
    from ketamech.graph.store import StoreAddress

    written = read_env_file(Path(".env"))
    found = {field: os.environ.get(f"NEO4J_{name}") or written.get(f"NEO4J_{name}") for field, name in _NAMES.items()}
    found |= {field: value for field, value in (("uri", uri), ("user", user), ("database", database)) if value}
    address = StoreAddress(**{field: value for field, value in found.items() if value})
    scheme, mark, host = address.uri.partition("://")
    if not mark or scheme not in SCHEMES or not host.strip("/"):
        raise BadValue(
            f"'{_without_password(address.uri)}' is no address of a database.",
            "Like bolt://localhost:7687 or neo4j+s://host.",
        )
    if "@" in host:
        raise BadValue("The address of the database holds a user or password.", "Give --user, and NEO4J_PASSWORD.")
    if address.password or not ask_password:
        return address
    if not sys.stdin.isatty():
        raise BadValue("There is no password for the database.", "Set NEO4J_PASSWORD, in the environment or in .env.")
    import getpass

    asked = getpass.getpass(f"Password of {address.user} at {address.uri}: ")
    return StoreAddress(address.uri, address.user, asked, address.database)


def read_env_file(path: Path) -> Mapping[str, str]:
    """Read `NAME=value` lines as docker compose does, quotes and comments included; nothing is expanded."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        return {}
    except UnicodeDecodeError:
        raise BadValue(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from None
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, mark, value = line.strip().removeprefix("export ").partition("=")
        if mark and not name.startswith("#"):
            found[name.strip()] = _value(value.strip())
    return found


def _value(text: str) -> str:
    for quote in ("'", '"'):
        end = text.rfind(quote)
        if text.startswith(quote) and end > 0:
            return text[1:end]
    return "" if text.startswith("#") else text.partition(" #")[0].rstrip()


def _without_password(uri: str) -> str:
    return uri.rpartition("@")[2]
