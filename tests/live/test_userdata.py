"""What is kept of sessions: history, and where they were left."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from voiceguide.live import history, places, userdata
from voiceguide.live.history import Played
from voiceguide.live.log import Log
from voiceguide.live.resume import Bookmark, last
from voiceguide.model.errors import TargetNotWritable, UsageError
from voiceguide.model.timeline import Timeline

PLAYED = Played("2026-01-02T03:04:05+00:00", "legs.yaml", "Beine", 60_000, 30_000, finished=False)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_history_is_read_as_it_was_written_and_survives_damage() -> None:
    assert history.read() == ()
    history.add(PLAYED)
    with (userdata.where() / "history.jsonl").open("a") as file:
        file.write('{"date": 1}\nnonsense\n[]\n')
    history.add(PLAYED)
    assert history.read() == (PLAYED, PLAYED)


def test_a_script_whose_name_is_no_utf_8_is_kept_like_any_other() -> None:
    odd = replace(PLAYED, script="/x/f\udcfcr.yaml")
    history.add(odd)
    history.add(PLAYED)
    assert history.read() == (odd, PLAYED)
    Bookmark(odd.script, b"1").write(3, None)
    assert Bookmark(odd.script, b"1").exists
    assert not Bookmark(PLAYED.script, b"1").exists


def test_what_was_left_last_is_the_last_that_is_still_there(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.touch()
    for at, call in enumerate((("core-10",), (str(own), "--rate", "150"), ())):
        Bookmark(f"script {at}", b"", call).write(at, None)
        for file in (userdata.where() / "left").iterdir():
            os.utime(file, (file.stat().st_atime - 9, file.stat().st_mtime - 9))
    left = last()
    assert left is not None
    assert left.call == (str(own), "--rate", "150")
    own.unlink()
    left = last()
    assert left is not None
    assert left.call == ("core-10",)


def test_a_folder_that_cannot_be_written_ends_no_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    history.add(PLAYED)
    assert history.read() == ()
    Bookmark("legs", b"1").write(3, None)
    assert Bookmark("legs", b"1").read() is None


def test_a_bookmark_is_of_one_script_as_it_was() -> None:
    bookmark = Bookmark("legs", b"one")
    assert bookmark.read() is None
    bookmark.write(3, "Squat")
    bookmark.write(4, None)
    left = Bookmark("legs", b"one").read()
    assert left is not None
    assert (left.segment, left.label) == (4, None)
    assert Bookmark("legs", b"two").read() is None
    assert Bookmark("legs", b"two").exists
    assert not Bookmark("arms", b"one").exists
    bookmark.remove()
    assert not bookmark.exists


def test_a_damaged_bookmark_is_none(tmp_path: Path) -> None:
    bookmark = Bookmark("legs", b"one")
    bookmark.write(3, None)
    (file,) = (tmp_path / "data" / "voiceguide" / "left").iterdir()
    file.write_text("{}")
    assert bookmark.read() is None


@pytest.mark.parametrize(
    ("name", "expected_ms"), [("Plank", 5_000), (" squat ", 20_000), ("JUMP", 25_000)]
)
def test_places_are_found_by_name(workout: Timeline, name: str, expected_ms: int) -> None:
    assert places.named(workout, name) == expected_ms


def test_an_unknown_place_names_the_nearest(workout: Timeline) -> None:
    with pytest.raises(UsageError) as caught:
        places.named(workout, "planks")
    assert caught.value.hint == "Did you mean Plank?"


def test_a_log_that_cannot_be_written_is_told_before_anything_sounds(tmp_path: Path) -> None:
    with pytest.raises(TargetNotWritable):
        Log(tmp_path / "no" / "log")
