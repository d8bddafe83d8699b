"""Where a graph database is, what stands in it, and its failures in words of our own.

Pure: whoever speaks to the database (loaders write, queries read) hands its driver's exceptions over, and they
are told apart by their class names and the server's codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ketamech.graph.errors import DatabaseError

# Of the nodes and relationships of a store; that of JSON is in `views`.
STORE_SCHEMA: Final = 1
LOADER: Final = "ketamech"


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Say where a database is and who may enter; the password is never shown."""

    uri: str = "bolt://localhost:7687"
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"


_AGAIN: Final = "Load again: it goes on from any state."
_START: Final = "Start it (`make neo4j`), or wait for it: --wait 60."
_SMALLER: Final = "Give a smaller --batch-size."
_TELLING: Final[tuple[tuple[str, str, str], ...]] = (
    # Parts of class names or of the server's codes; what is wrong; what to do. The first that fits is told.
    ("AuthenticationRateLimit", "{uri} has locked {user} out for a while, after wrong passwords.", "Wait a minute."),
    ("CredentialsExpired", "The password of {user} at {uri} must be changed first.", "Change it in Neo4j Browser."),
    ("AuthError", "{uri} refuses {user} with this password.", "Set NEO4J_USERNAME and NEO4J_PASSWORD."),
    ("DatabaseNotFound", "There is no database '{database}' at {uri}.", "Give --database or NEO4J_DATABASE."),
    ("DatabaseUnavailable", "The database '{database}' at {uri} is not running.", "Start it, or give --wait 60."),
    ("ReadOnly AccessMode", "The database '{database}' at {uri} is read-only.", "Name one that may be written."),
    ("Forbidden", "{user} may not do this in '{database}' at {uri}.", "Use a user who may write and make indexes."),
    ("ConstraintError", "'{database}' at {uri} holds other data in the way: {message}", "Load into one of its own."),
    ("TransactionTimedOut", "{uri} ended a transaction that took too long.", _SMALLER),
    ("OutOfMemory MemoryPool", "{uri} has too little memory for a transaction.", _SMALLER),
    ("IncompleteCommit SessionExpired", "The connection to {uri} broke while data were sent.", _AGAIN),
    ("ServiceUnavailable OSError", "No database answers at {uri}.", _START),
    ("ConfigurationError", "'{uri}' is no address of a database: {message}", "Like bolt://localhost:7687."),
    ("Transient", "{uri} could not do it now: {message}", "Try again."),
)
# What to do instead for who only reads, where the remedy of a load is none: its options are not theirs.
_READING: Final[Mapping[str, str]] = {
    "DatabaseNotFound": "Set NEO4J_DATABASE.",
    "DatabaseUnavailable": "Start it.",
    "Forbidden": "Use a user who may read it.",
    "TransactionTimedOut": "Ask for less, or again when the server is less busy.",
    "OutOfMemory MemoryPool": "Ask for less, or give the server more memory.",
    "IncompleteCommit SessionExpired": "Ask again.",
    "ServiceUnavailable OSError": "Start one: `make neo4j`, or `docker compose up -d`.",
}


def database_error(error: BaseException, address: StoreAddress, *, reading: bool = False) -> DatabaseError:
    """Tell a driver's exception in one line and a hint: that for a load, or that for who is `reading`.

    >>> class AuthError(Exception): ...
    >>> database_error(AuthError(), StoreAddress(user="me")).message
    'bolt://localhost:7687 refuses me with this password.'
    """
    names = " ".join(c.__name__ for c in type(error).__mro__)
    code = getattr(error, "code", None)
    known = f"{code if isinstance(code, str) else ''} {names}"
    message = getattr(error, "message", None)
    text = " ".join((message if isinstance(message, str) else str(error)).split()) or type(error).__name__
    for words, wrong, hint in _TELLING:
        if any(word in known for word in words.split()):
            told = wrong.format(uri=address.uri, user=address.user, database=address.database, message=text)
            return DatabaseError(told, _READING.get(words, hint) if reading else hint)
    return DatabaseError(f"{address.uri} answers: {text}", "See the server's log.")
