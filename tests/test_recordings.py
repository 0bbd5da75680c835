"""A coach's own voice in place of the machine's: found, levelled, heard at its time."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from voiceguide import pipeline, prepared
from voiceguide.cli import main
from voiceguide.model.audio import Audio
from voiceguide.model.errors import SoundError
from voiceguide.model.options import Options
from voiceguide.model.phrase import Phrase
from voiceguide.model.source import Source
from voiceguide.model.timeline import Speech, Timeline
from voiceguide.sound import Mix, integrated_lufs, tones
from voiceguide.voice.clips import from_bytes
from voiceguide.voice.recordings import Recordings, file_name

RATE_HZ = 44_100
SILENT = Options(engine="silent")
SCRIPT = """\
voiceguide: 1
title: Recorded
recordings: coach
coach: {praise: false}
steps:
  - say: {file: coach/hello there.wav}
  - {exercise: hop, duration: 30s, prepare: 12s}
  - say: Well done.
"""


def sing(path: Path, hertz: float, seconds: float, peak: float = 0.1) -> None:
    """A file with a sung note: half a second of silence, the note and its octave, silence."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    note = peak * (np.sin(2 * np.pi * hertz * at) + 0.5 * np.sin(4 * np.pi * hertz * at)) / 1.5
    quiet = np.zeros(RATE_HZ // 2)
    samples = (np.concatenate([quiet, note, quiet]) * 32_767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "coach").mkdir()
    sing(tmp_path / "coach" / "hello there.wav", 500, 1.0)
    sing(tmp_path / "coach" / "Well done.wav", 900, 0.6, peak=0.2)
    sing(tmp_path / "coach" / "10-seconds-left.wav", 700, 0.8, peak=0.05)
    (tmp_path / "coach" / "notes.txt").write_text("not a recording", encoding="utf-8")
    return tmp_path


def source(folder: Path, script: str = SCRIPT) -> Source:
    return Source(script.encode(), "recorded.yaml", folder)


def cue(timeline: Timeline, text: str) -> Speech:
    return next(cue for cue in timeline.speech if cue.text == text)


def heard(mix: Mix, cue: Speech) -> npt.NDArray[np.float32]:
    samples = np.concatenate([block.samples for block in mix.blocks()])[:, 0]
    return samples[cue.start_ms * 48 : cue.end_ms * 48]


def pitch_hz(samples: npt.NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * 48_000 / len(samples))


def test_recordings_are_heard_at_their_cues(folder: Path) -> None:
    timeline, mix = pipeline.prepare(source(folder), SILENT)
    for text, hertz in (("hello there", 500), ("10 seconds left.", 700), ("Well done.", 900)):
        assert pitch_hz(heard(mix, cue(timeline, text))) == pytest.approx(hertz, abs=3)
    assert not heard(mix, cue(timeline, "Hop.")).any()  # nobody has recorded it


def test_a_timeline_tells_what_is_recorded(folder: Path) -> None:
    timeline = pipeline.plan(source(folder), SILENT, estimate=True)
    assert cue(timeline, "hello there").file == "coach/hello there.wav"
    assert cue(timeline, "10 seconds left.").file == "coach/10-seconds-left.wav"
    assert cue(timeline, "Hop.").file is None
    # The silence around the note is gone, and a dry run knows its length.
    length_ms = cue(timeline, "hello there").end_ms - cue(timeline, "hello there").start_ms
    assert length_ms == pytest.approx(1000, abs=40)


def test_recordings_are_levelled_together_like_a_voice(folder: Path) -> None:
    files = ["coach/hello there.wav"]
    recordings = Recordings(folder, "coach", files, read=tones.read, loudness=integrated_lufs)

    def clip(file: str) -> Audio:
        return from_bytes(recordings.recorded(file).body)

    names = ["hello there.wav", "Well done.wav", "10-seconds-left.wav"]
    sounds = [clip(f"coach/{name}") for name in names]
    together = Audio(np.concatenate([sound.samples for sound in sounds]), 48_000)
    assert integrated_lufs(together) == pytest.approx(-19, abs=0.7)
    loud, soft = (float(np.abs(clip(f"coach/{name}").samples).max()) for name in names[1:])
    assert loud / soft == pytest.approx(4, rel=0.05)  # 0.2 and 0.05: each keeps its own level


def test_a_recording_that_changes_is_heard_anew(folder: Path) -> None:
    pipeline.prepare(source(folder), SILENT)
    assert prepared.recall(source(folder), SILENT) is not None
    sing(folder / "coach" / "hello there.wav", 600, 1.0)
    assert prepared.recall(source(folder), SILENT) is None
    timeline, mix = pipeline.prepare(source(folder), SILENT)
    assert pitch_hz(heard(mix, cue(timeline, "hello there"))) == pytest.approx(600, abs=3)


def test_a_recording_that_is_added_is_heard(folder: Path) -> None:
    pipeline.prepare(source(folder), SILENT)
    sing(folder / "coach" / "hop.wav", 650, 0.5)
    assert prepared.recall(source(folder), SILENT) is None
    timeline, mix = pipeline.prepare(source(folder), SILENT)
    assert pitch_hz(heard(mix, cue(timeline, "Hop."))) == pytest.approx(650, abs=4)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("hello there.wav", "gone.wav", "6:17 there is no recording gone.wav"),
        ("coach/hello there.wav", "../x.wav", "6:17 `../x.wav` lies outside of the folder"),
        ("hello there.wav", "notes.txt", "6:17 "),
        ("recordings: coach", "recordings: nowhere", "3:13 there is no folder `nowhere`"),
        ("recordings: coach", "recordings: ..", "3:13 there is no folder `..`"),
        ("{file: coach/hello there.wav}", "{}", "6:10 expected `text`, or `file`"),
        ("{file:", "{fil:", "6:11 unknown key `fil`"),
    ],
)
def test_what_is_wrong_with_a_recording_is_a_fault_in_its_place(
    folder: Path, old: str, new: str, message: str
) -> None:
    script = SCRIPT.replace(old, new)
    found = [
        f"{fault.line}:{fault.column} {fault.message}"
        for fault in pipeline.check(source(folder, script)).faults
    ]
    assert any(each.startswith(message) for each in found), found


def test_each_broken_clip_of_the_folder_is_a_fault(folder: Path) -> None:
    """The first one ended `check` with exit 1, and no other was told."""
    (folder / "coach" / "hop.wav").write_text("no sound", encoding="utf-8")
    (folder / "coach" / "rest.mp3").write_bytes(b"")
    faults = pipeline.check(source(folder)).faults
    assert {(fault.line, fault.column, fault.path) for fault in faults} == {(3, 13, "recordings")}
    told = " ".join(fault.message for fault in faults)
    assert len(faults) == 2
    assert "hop.wav" in told
    assert "rest.mp3" in told


def test_nothing_but_silence_is_no_recording(folder: Path) -> None:
    sing(folder / "coach" / "hello there.wav", 500, 1.0, peak=0.0)
    recordings = Recordings(
        folder, None, ["coach/hello there.wav"], read=tones.read, loudness=integrated_lufs
    )
    with pytest.raises(SoundError, match="nothing is to be heard"):
        recordings.recorded("coach/hello there.wav")


def test_a_recording_with_words_shows_them(folder: Path) -> None:
    script = SCRIPT.replace("hello there.wav}", "hello there.wav, text: Hello, all of you.}")
    script = script.replace("text: Hello, all of you.", 'text: "Hello, all of you."')
    timeline = pipeline.plan(source(folder, script), SILENT, estimate=True)
    assert cue(timeline, "Hello, all of you.").file == "coach/hello there.wav"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rest. 20 seconds.", "rest-20-seconds"),
        ("Don't stop!", "don-t-stop"),
        ("Käfer, links.", "käfer-links"),
        ("あと10秒。", "あと10秒"),
        ("4:22 per km", "4-22-per-km"),
        ("…", ""),
    ],
)
def test_a_file_is_named_by_its_words(text: str, name: str) -> None:
    assert file_name(text) == name


def test_long_texts_have_names_of_their_own() -> None:
    one, other = file_name("word " * 60 + "one"), file_name("word " * 60 + "other")
    assert one != other
    assert max(len(one), len(other)) <= 80


def test_the_list_of_recordings_tells_names_and_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    Path("recorded.yaml").write_text(SCRIPT, encoding="utf-8")
    assert main(["recordings", "recorded.yaml"]) == 0
    shown = capsys.readouterr()
    rows = [row.split(maxsplit=2) for row in shown.out.splitlines()]
    assert ["hop", "-", "Hop."] in rows
    assert any(row[0] == "well-done" and row[1] != "-" for row in rows)
    assert "3 of 5 lines recorded" in shown.err
    assert main(["recordings", "recorded.yaml", "--missing", "--json"]) == 0
    assert '"well-done"' not in capsys.readouterr().out


def test_a_phrase_with_a_file_is_that_file_whatever_its_words(folder: Path) -> None:
    recordings = Recordings(folder, "coach", (), read=tones.read, loudness=integrated_lufs)
    assert recordings.find(Phrase("Well done.", file="coach/hop.wav")) == "coach/hop.wav"
    assert recordings.find(Phrase("WELL DONE")) == "coach/Well done.wav"
    assert recordings.find(Phrase("Well, done it is")) is None
