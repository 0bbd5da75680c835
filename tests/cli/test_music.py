"""`--music`, and music that a script names: what is made, and what is refused before any speech."""

from __future__ import annotations

import json
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.mp3 import MP3

from voiceguide import pipeline, prepared
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.voice import Cast

Call = Callable[..., Any]

SILENT = ("--engine", "silent")


def song(path: Path, hz: float = 220.0, seconds: float = 6.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    time = np.arange(round(seconds * 48_000)) / 48_000
    beat = 0.4 + 0.3 * np.sin(2 * np.pi * 2 * time)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((np.sin(2 * np.pi * hz * time) * beat * 32_767).astype("<i2").tobytes())
    return path


def script(music: str, name: str = "with.yaml") -> Path:
    path = Path(name)
    path.write_text(
        f"voiceguide: 1\ntitle: With music\nmusic: {music}\n"
        "steps:\n  - say: Welcome.\n  - {exercise: squat, duration: 12s}\n  - {rest: 5s}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def no_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may be asked to speak."""

    def refuse(*_: object) -> None:
        raise AssertionError("speech was made")

    monkeypatch.setattr(Cast, "speak", refuse)


def channels(path: str) -> int:
    info: Any = MP3(path).info
    return int(info.channels)


def test_a_script_with_music_is_stereo_and_one_without_is_mono(call: Call) -> None:
    song(Path("sounds/bed.wav"))
    made = call("render", script("sounds/bed.wav"), *SILENT, "-o", "a.mp3")
    assert made.code == 0
    assert "-16.0 LUFS" in made.err
    assert channels("a.mp3") == 2
    assert call("render", "with.yaml", *SILENT, "--music", "none", "-o", "b.mp3").code == 0
    assert channels("b.mp3") == 1


def test_a_session_with_music_is_what_its_timeline_says(call: Call) -> None:
    """With words after a long silence, whose soft lead-in nobody can tell from the music."""
    path = script("bed")
    late = "  - {exercise: squat, duration: 40s, cues: [{at: 25s, say: Keep going}]}\n"
    path.write_text(path.read_text(encoding="utf-8") + late, encoding="utf-8")
    assert call("render", path, "--engine", "pyttsx3", "-o", "a.mp3").code == 0
    told = json.loads(call("verify", "a.mp3", "--json").out)
    assert told["cause"] is None
    assert call("verify", "a.mp3").code == 0


@pytest.mark.parametrize("music", ["song.wav", "songs", "bed", "{there}/song.wav"])
def test_an_option_gives_any_script_music(call: Call, short: Path, music: str) -> None:
    song(Path("song.wav"))
    song(Path("songs/b.wav"), 300)
    song(Path("songs/a.wav"))
    Path("songs/notes.txt").write_text("not music", encoding="utf-8")
    named = music.format(there=Path.cwd())
    made = call("render", short, *SILENT, "--music", named, "-o", "a.mp3")
    assert (made.code, channels("a.mp3")) == (0, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="others have no such names")
def test_names_that_are_no_utf_8_are_played_like_any_other(call: Call, short: Path) -> None:
    song(Path("songs/Beyonc\udce9.wav"))
    made = call("render", short, *SILENT, "--music", "songs", "-o", "a.mp3")
    assert (made.code, channels("a.mp3")) == (0, 2)


def test_the_option_goes_before_the_script_and_keeps_its_levels(call: Call) -> None:
    song(Path("other.wav"))
    path = script("{files: gone.wav, under_voice_db: 20}")
    source = Source(path.read_bytes(), "with.yaml", Path())
    options = Options(engine="silent", music=str(Path("other.wav").absolute()))
    _, mix = pipeline.prepare(source, options)
    assert mix.n_channels == 2
    assert call("render", path, *SILENT).code == 65


def test_the_timeline_tells_where_music_is_heard_and_is_else_the_same(
    call: Call, short: Path
) -> None:
    plain = json.loads(call("plan", short, *SILENT, "--json").out)
    told = json.loads(call("plan", short, *SILENT, "--music", "bed", "--json").out)
    assert plain.pop("music_ms") == []
    ends_ms = next(cue["start_ms"] for cue in plain["cues"] if cue["role"] == "finish")
    assert told.pop("music_ms") in ([[0, ends_ms]], [[0, plain["duration_ms"]]])
    assert told == plain


@pytest.mark.parametrize(
    ("music", "heard"),
    [
        ("{work: bed}", [[6800, 19_200], [23_800, 36_200]]),
        ("{click: 170}", [[7000, 19_000], [24_000, 36_000]]),
        ("{rest: bed}", [[0, 7200], [18_800, 24_200], [35_800, 40_100]]),
        ("{work: bed, rest: bed}", [[0, 40_100]]),
    ],
)
def test_music_of_work_or_of_rest_is_told_with_its_crossfade(
    call: Call, music: str, heard: list[list[int]]
) -> None:
    path = script(music)
    again = "  - {exercise: squat, duration: 12s}\n  - {rest: 5s}\n"
    path.write_text(path.read_text(encoding="utf-8") + again, encoding="utf-8")
    told = json.loads(call("plan", path, *SILENT, "--json").out)
    assert told["music_ms"] == heard


@pytest.mark.usefixtures("no_speech")
@pytest.mark.parametrize("command", ["render", "play", "plan"])
def test_music_that_cannot_be_played_is_wrong_usage_before_any_speech(
    call: Call, short: Path, command: str
) -> None:
    Path("broken.mp3").write_bytes(b"no music at all")
    Path("nothing").mkdir()
    for name, message in [
        ("gone.mp3", "gone.mp3: there is no such file"),
        ("broken.mp3", "broken.mp3: cannot be decoded"),
        ("nothing", "there is no music in this folder"),
        ("", "no file is named"),
    ]:
        called = call(command, short, *SILENT, "--music", name)
        assert called.code == 2
        assert message in called.err
        assert "--music" in called.err
    assert not Path("output").exists()


@pytest.mark.usefixtures("no_speech")
@pytest.mark.parametrize(
    ("music", "place", "message"),
    [
        ("gone.mp3", "3:8", "gone.mp3: there is no such file"),
        ("[song.wav, gone.mp3]", "3:19", "gone.mp3: there is no such file"),
        ("{files: [song.wav, gone.mp3]}", "3:27", "gone.mp3: there is no such file"),
        ("{work: song.wav, rest: broken.mp3}", "3:31", "broken.mp3: cannot be decoded"),
        ("nothing", "3:8", "there is no music in this folder"),
    ],
)
def test_music_of_a_script_that_cannot_be_played_is_a_fault_with_its_place(
    call: Call, music: str, place: str, message: str
) -> None:
    song(Path("song.wav"))
    Path("broken.mp3").write_bytes(b"no music at all")
    Path("nothing").mkdir()
    path = script(music)
    for command in ("check", "plan", "render"):
        called = call(command, path)
        assert called.code == 65
        assert f"with.yaml:{place}: " in called.err
        assert message in called.err


def test_of_a_folder_hidden_files_are_left_out_and_a_broken_one_can_be(call: Call) -> None:
    song(Path("songs/a.wav"))
    Path("songs/._a.wav").write_bytes(b"what a Mac writes beside a file")
    path = script("songs")
    assert call("check", path).code == 0
    Path("songs/b.mp3").write_bytes(b"no music at all")
    Path("songs/c.mp3").write_bytes(b"nor here")
    told = call("check", path).err
    assert told.count("Or remove it from the folder.") == 2
    assert told.endswith("2 faults in with.yaml\n")


def test_folders_in_a_folder_of_music_are_told_of(call: Call) -> None:
    song(Path("songs/Album/a.wav"))
    told = call("check", script("songs")).err
    assert "Folders in it are not looked into. Name one of them: songs/Album" in told


def test_every_fault_is_told_at_once(call: Call) -> None:
    told = call("check", script("[gone.mp3, away.mp3]"), "--json").out
    assert [fault["line"] for fault in json.loads(told)["faults"]] == [3, 3]


def test_music_may_lie_above_the_script(call: Call, tmp_path: Path) -> None:
    song(tmp_path / "songs" / "a.wav")
    Path("scripts").mkdir()
    path = script("../songs/a.wav", "scripts/with.yaml")
    assert call("check", path).code == 0


def test_a_session_with_music_is_played(call: Call) -> None:
    song(Path("song.wav"))
    path = script("song.wav")
    path.write_text(path.read_text().replace("12s", "1s").replace("5s", "1s"))
    called = call("play", path, *SILENT, "--device", "null", "--log", "log.jsonl", "--no-history")
    assert called.code == 0
    events = [
        json.loads(line)["event"]
        for line in Path("log.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert "cue" in events
    assert events[-1] == "end"


def test_a_kept_session_is_recalled_only_while_its_music_is_the_same(tmp_path: Path) -> None:
    path = song(tmp_path / "songs" / "a.wav")
    text = b"voiceguide: 1\ntitle: T\nmusic: songs\nsteps:\n  - say: Welcome.\n  - {rest: 4s}\n"
    source = Source(text, "t.yaml", tmp_path)
    options = Options(engine="silent")
    timeline, mix = pipeline.prepare(source, options)
    recalled = prepared.recall(source, options)
    assert recalled is not None
    assert recalled[0] == timeline
    one, other = (
        np.concatenate([block.samples for block in each.blocks()]) for each in (mix, recalled[1])
    )
    assert np.array_equal(one, other)
    song(tmp_path / "songs" / "b.wav", 300)
    assert prepared.recall(source, options) is None, "another file in the folder"
    pipeline.prepare(source, options)
    assert prepared.recall(source, options) is not None
    song(path, 330, 7.0)
    assert prepared.recall(source, options) is None, "another song"
    pipeline.prepare(source, options)
    path.unlink()
    assert prepared.recall(source, options) is None, "a song less"
