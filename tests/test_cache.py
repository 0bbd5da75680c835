from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voiceguide import cache
from voiceguide.cache import Cache

BODY = bytes(range(256)) * 100


def test_what_is_stored_is_loaded_again(tmp_path: Path) -> None:
    assert Cache(tmp_path / "clips").store("a", BODY)
    assert Cache(tmp_path / "clips").load("a") == BODY
    assert Cache(tmp_path / "clips").load("b") is None


def test_an_empty_body_is_kept_as_such(tmp_path: Path) -> None:
    Cache(tmp_path).store("a", b"")
    assert Cache(tmp_path).load("a") == b""


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:500] + bytes([data[500] ^ 1]) + data[501:],
        lambda data: b"x" + data[1:],
        lambda _: b"",
    ],
    ids=["truncated", "longer", "one bit", "another magic", "empty"],
)
def test_a_damaged_file_is_noticed_and_can_be_made_again(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    kept = Cache(tmp_path)
    kept.store("a", BODY)
    [path] = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert kept.load("a") is None
    assert kept.store("a", BODY)
    assert kept.load("a") == BODY


def test_a_folder_that_cannot_be_used_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    kept = Cache(tmp_path / "file" / "clips")
    assert not kept.store("a", BODY)
    assert kept.load("a") is None


def test_processes_may_write_the_same_clip_at_the_same_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from voiceguide.cache import Cache\n"
        "kept = Cache(Path(sys.argv[1])); body = sys.argv[2].encode() * 50_000\n"
        "for _ in range(100):\n"
        "    assert kept.store('a', body)\n"
        "    assert set(kept.load('a')) <= {49, 50, 51} and len(kept.load('a')) == 50_000\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, os.fspath(tmp_path), name])
        for name in ("1", "2", "3")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["a.clip"]


@pytest.mark.skipif(sys.platform == "win32", reason="there a file in use resists removal")
def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from voiceguide.atomic import part_in\n"
        "part_in(Path(sys.argv[1])).touch()"
    )
    subprocess.run([sys.executable, "-c", code, os.fspath(tmp_path)], check=True)
    [left] = tmp_path.iterdir()
    dead = left.name.split("-")[2]
    being_written = tmp_path / left.name.replace(f"-{dead}-", f"-{os.getppid()}-")
    elsewhere = tmp_path / f".voiceguide-another0-{dead}-0123.part"
    being_written.touch()
    elsewhere.touch()
    Cache(tmp_path).store("c", BODY)
    assert not left.exists()
    assert being_written.exists()
    assert elsewhere.exists(), "another machine may share the folder, with processes of its own"


def test_the_place_of_all_caches_follows_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert cache.where() == tmp_path / "voiceguide"
    Cache().store("a", BODY)
    (tmp_path / "voiceguide" / "islands").mkdir()
    (tmp_path / "voiceguide" / "islands" / "b").write_bytes(BODY)
    assert (tmp_path / "voiceguide" / "clips" / "a.clip").exists()
    before = cache.size()
    assert before >= 2 * len(BODY)
    assert cache.clear() == before
    assert cache.size() == 0
    assert Cache().load("a") is None


def test_keys_tell_apart_what_their_parts_tell_apart() -> None:
    keys = {cache.key("a", "bc"), cache.key("ab", "c"), cache.key("abc"), cache.key(("a", "bc"))}
    assert len(keys) == 4
    assert cache.key("a", 1) == cache.key("a", 1)
