"""The compiled form says the same as the files, is never trusted blindly and never needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from invalid.samples import ALPHA, BETA, TABLE, folder

from ketamech.graph.model import Knowledge
from ketamech.loaders import compiled, load, packaged_folder
from ketamech.loaders.folder import load_sources
from ketamech.loaders.sources import content_hash, read_sources


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Choose an empty cache folder that does not exist yet."""
    at = tmp_path / "cache"
    monkeypatch.setenv(compiled.CACHE_VARIABLE, str(at))
    return at


def read(at: Path) -> Knowledge:
    """Read a folder from its files, past the cache."""
    sources, unread = read_sources([at])
    return load_sources(sources, unread)


def content(at: Path) -> str:
    """Hash the files of a folder."""
    return content_hash(read_sources([at])[0])


def kept(cache: Path) -> list[str]:
    """List the files of the cache, hidden ones too."""
    return sorted(path.name for path in cache.iterdir()) if cache.is_dir() else []


def test_the_sound_papers_come_back_equal(tmp_path: Path) -> None:
    """Every field of every kind of record survives, tuples as tuples, and the hash with them."""
    knowledge = read(folder(tmp_path / "k"))
    again = compiled.load(compiled.dump(knowledge))
    assert (again, again.content) == (knowledge, knowledge.content)
    assert hash(again) == hash(knowledge)


def test_the_packaged_knowledge_comes_back_equal() -> None:
    """The whole packaged knowledge survives."""
    knowledge = read(packaged_folder())
    assert compiled.load(compiled.dump(knowledge)) == knowledge


def test_the_compiled_form_is_the_same_text_every_time(tmp_path: Path) -> None:
    """Same files, same bytes."""
    at = folder(tmp_path / "k")
    assert compiled.dump(read(at)) == compiled.dump(read(at))


def test_a_second_load_reads_what_the_first_wrote(tmp_path: Path, cache: Path) -> None:
    """One file is written, and what it holds is what the next load answers with."""
    at = folder(tmp_path / "k")
    first = load([str(at)]).knowledge
    (name,) = kept(cache)
    path = cache / name
    path.write_text(
        path.read_text(encoding="utf-8").replace("Mice swam longer.", "Read from the cache."), encoding="utf-8"
    )
    second = load([str(at)]).knowledge
    assert [k.claims[1].summary for k in (first, second)] == ["Mice swam longer.", "Read from the cache."]


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"format":0}',
        b'{"format":2}',
        b'{"format":2,"content":"x","papers":[[1]],"entities":[],"claims":[],"experiments":[]}',
        b'{"format":2,"papers":7}',
        b'{"format":2,"papers":[],"entities":[{}],"claims":[],"experiments":[],"comparisons":[],"affinities":[]}',
        b'{"format":2,"papers":[],"entities":[],"claims":[],"experiments":[],"comparisons":[],"affinities":[]}',
        b"[" * 100_000,
        b"9" * 5_000,
    ],
)
def test_a_broken_or_foreign_file_is_made_anew(rubbish: bytes, tmp_path: Path, cache: Path) -> None:
    """Whatever lies in the file's place, the answer comes from the knowledge files and the place is set right."""
    at = folder(tmp_path / "k")
    sound = load([str(at)]).knowledge
    (name,) = kept(cache)
    written = (cache / name).read_bytes()
    (cache / name).write_bytes(rubbish)
    assert load([str(at)]).knowledge == sound
    assert (cache / name).read_bytes() == written


@pytest.mark.parametrize("share", [1, 2, 3, 10, 100])
def test_a_file_cut_short_is_made_anew(share: int, tmp_path: Path, cache: Path) -> None:
    """The beginning of a sound file is not taken for the whole."""
    at = folder(tmp_path / "k")
    sound = load([str(at)]).knowledge
    (name,) = kept(cache)
    written = (cache / name).read_bytes()
    (cache / name).write_bytes(written[: -len(written) * share // 101])
    assert load([str(at)]).knowledge == sound


def test_a_file_of_other_content_is_not_trusted(tmp_path: Path, cache: Path) -> None:
    """Compiled knowledge that says it came from other files is passed over."""
    one, other = folder(tmp_path / "one"), folder(tmp_path / "other", papers={"alpha2020": ALPHA})
    load([str(one)])
    (first,) = kept(cache)
    load([str(other)])
    (second,) = set(kept(cache)) - {first}
    shutil.copy(cache / second, cache / first)
    assert len(load([str(one)]).knowledge.papers) == 2


def test_a_changed_field_of_a_record_is_noticed(tmp_path: Path) -> None:
    """A row with a field too many or too few is not read as if it fitted."""
    text = compiled.dump(read(folder(tmp_path / "k")))
    for change in (lambda row: [*row, None], lambda row: row[:-1]):
        for records in ("papers", "entities", "claims", "experiments", "comparisons", "affinities"):
            body = json.loads(text)
            body[records][0] = change(body[records][0])
            with pytest.raises(ValueError, match="broken compiled knowledge"):
                compiled.load(json.dumps(body))


def test_the_hash_follows_the_content_and_not_the_place(tmp_path: Path) -> None:
    """The same files anywhere have one hash; another byte, another name or a missing file has another."""
    places = {
        "here": folder(tmp_path / "here"),
        "there": folder(tmp_path / "deep" / "er" / "there"),
        "other byte": folder(tmp_path / "1", papers={"alpha2020": f"{ALPHA}\n", "beta2021": BETA}),
        "other name": folder(tmp_path / "2", papers={"alpha2020": ALPHA, "gamma2021": BETA}),
        "one file less": folder(tmp_path / "3", papers={"alpha2020": ALPHA}),
        "other table": folder(tmp_path / "4", table=f"{TABLE}\n"),
        "bytes moved": folder(tmp_path / "5", papers={"alpha2020": ALPHA + BETA, "beta2021": ""}),
    }
    hashes = {name: content(at) for name, at in places.items()}
    assert hashes["here"] == hashes["there"]
    assert len(set(hashes.values())) == len(places) - 1


@pytest.mark.parametrize("kind", ["a file in its place", "a file above it", "no home"])
def test_without_a_cache_everything_still_works(kind: str, tmp_path: Path) -> None:
    """A cache folder that cannot be made, or a user without a home, costs time and nothing else."""
    at = folder(tmp_path / "k")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    places = {"a file in its place": tmp_path / "file", "a file above it": tmp_path / "file" / "cache", "no home": ""}
    env = {**os.environ, "KETAMECH_CACHE": str(places[kind]), "HOME": "~nobody-of-this-name", "XDG_CACHE_HOME": ""}
    words = [str(Path(sys.executable).with_name("ketamech")), "search", "MK-801", "--knowledge", str(at)]
    done = subprocess.run(
        words, capture_output=True, text=True, encoding="utf-8", env=env, cwd=tmp_path / "k", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "CHEBI:10001" in done.stdout
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_nothing_but_whole_files_is_left_behind(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the file cannot be put in its place no half of it stays."""
    knowledge = read(folder(tmp_path / "k"))
    compiled.write_cached(knowledge)
    (name,) = kept(cache)
    (cache / name).unlink()
    (cache / name).mkdir()
    compiled.write_cached(knowledge)
    assert kept(cache) == [name]
    assert compiled.read_cached(knowledge.content) is None


def test_parallel_writers_do_no_harm(tmp_path: Path, cache: Path) -> None:
    """Several processes that load the same folder at once all succeed and leave one whole file."""
    at = folder(tmp_path / "k")
    words = [str(Path(sys.executable).with_name("ketamech")), "search", "MK-801", "--knowledge", str(at)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)]
    ended = [(process.communicate(), process.returncode) for process in running]
    assert {(code, err, "CHEBI:10001" in out) for (out, err), code in ended} == {(0, "", True)}
    (name,) = kept(cache)
    assert compiled.load((cache / name).read_text(encoding="utf-8")) == read(at)


def test_only_a_few_compiled_files_are_kept(tmp_path: Path, cache: Path) -> None:
    """Someone who edits all day does not fill the disk; foreign files are left alone."""
    at = folder(tmp_path / "k")
    cache.mkdir()
    (cache / "notes.txt").write_text("mine", encoding="utf-8")
    for number in range(compiled.KEPT + 3):
        (at / "papers" / "beta2021.yaml").write_text(f"{BETA}# edit {number}\n", encoding="utf-8")
        load([str(at)])
    assert len([name for name in kept(cache) if name.startswith("knowledge-")]) == compiled.KEPT
    assert "notes.txt" in kept(cache)
    assert compiled.read_cached(content(at)) is not None
