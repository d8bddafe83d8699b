"""Writing a site into a folder: beside it first, then in its place; files of others are never touched.

A site holds the list of its own files with their hashes. A folder is replaced only when it holds nothing else.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from ketamech.graph.errors import UsageError

LIST: Final = "ketamech-site.json"
Job = tuple[str, Callable[[], str]]


def write_site(folder: Path, jobs: Iterable[Job], wrote: Callable[[int], None] = lambda _done: None) -> tuple[int, int]:
    """Write all pages and put them in the place of the folder; give their number and their bytes.

    `wrote` is called with the number of pages after each. Raises UsageError when the folder holds anything that is
    not of an earlier site as it was written, or cannot be written; then all is as before.
    """
    folder = folder.absolute()
    check_folder(folder)
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-new-"))
        total = _fill(made, jobs, wrote)
        check_folder(folder)
        _swap(made, folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}).", "Choose another folder.") from None
    finally:
        if made is not None and made.exists():
            shutil.rmtree(made)
    return total


def _fill(made: Path, jobs: Iterable[Job], wrote: Callable[[int], None]) -> tuple[int, int]:
    made.chmod(0o755)
    listed: dict[str, str] = {}
    size = 0
    for place, write in jobs:
        if place in listed:
            raise ValueError(f"two pages share the place {place}")
        data = write().encode("utf-8", "replace")
        path = made / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        listed[place] = hashlib.sha256(data).hexdigest()
        size += len(data)
        wrote(len(listed))
    text = json.dumps({"made_by": "ketamech", "schema_version": 1, "files": listed}, indent=0, sort_keys=True)
    (made / LIST).write_text(text + "\n", encoding="utf-8", newline="\n")
    return len(listed), size


def check_folder(folder: Path) -> None:
    """Raise UsageError unless the folder is missing, empty, or a site as it was written."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is not a folder.", "Choose another folder.")
    if not folder.exists() or not any(folder.iterdir()):
        return
    known = _listed(folder)
    if known is None:
        raise UsageError(
            f"{folder} is not empty and no site of ketamech.", "Choose a new or empty folder; nothing was changed."
        )
    foreign = [p for p in sorted(folder.rglob("*")) if not _ours(p, folder, known)]
    if foreign:
        raise UsageError(
            f"{folder} holds {foreign[0].relative_to(folder)}, which ketamech did not write as it stands.",
            "Move it away, or choose another folder; nothing was changed.",
        )


def _listed(folder: Path) -> dict[str, str] | None:
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
        files = found["files"] if found["made_by"] == "ketamech" else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return files if isinstance(files, dict) else None


def _ours(path: Path, folder: Path, known: dict[str, str]) -> bool:
    if path.is_symlink():
        return False
    if path.is_dir():
        place = path.relative_to(folder).as_posix() + "/"
        return any(k.startswith(place) for k in known)
    place = path.relative_to(folder).as_posix()
    return place == LIST or (path.is_file() and known.get(place) == hashlib.sha256(path.read_bytes()).hexdigest())


def _swap(made: Path, folder: Path) -> None:
    if not folder.exists():
        made.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-old-"))
    old.rmdir()
    folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    _clear(old)


def _clear(old: Path) -> None:
    """Remove the earlier site, file by file as it was listed; what is not of it stays where it is."""
    known = _listed(old) or {}
    for path in sorted(old.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif _ours(path, old, known) and path.name != LIST:
            path.unlink()
    (old / LIST).unlink(missing_ok=True)
    if not any(old.iterdir()):
        old.rmdir()
