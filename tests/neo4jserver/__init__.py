"""A real Neo4j Community server from the jars that Neo4j publishes, without Docker: for tests and `make neo4j`."""

from neo4jserver.jars import CALENDAR, LTS, Missing, missing
from neo4jserver.server import Server

__all__ = ["CALENDAR", "LTS", "Missing", "Server", "missing"]
