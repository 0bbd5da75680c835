"""A file as it was made passes; each kind of damage is found, and called by its name."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.id3 import ID3

from verify.finished import HEADER, Finished, Samples, finish, music_at
from voiceguide import pipeline
from voiceguide.export.wav import header
from voiceguide.model.errors import UsageError, VoiceguideError
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import dump
from voiceguide.model.wording import clock
from voiceguide.verify import Report, verify
from voiceguide.verify.wording import length

Edit = Callable[..., Path]
FRAME_BYTES, FRAME_MS = 384, 24


def failed(report: Report) -> dict[str, list[tuple[str, str]]]:
    """What was found wrong, by check: what it is about, and what was found."""
    return {
        check.name: [(item.what, item.found) for item in check.findings]
        for check in report.checks
        if check.findings
    }


def frames(ms: float) -> int:
    return round(ms * 48)


def start_of(finished: Finished, sound: str, number: int = 0) -> int:
    return [t.start_ms for t in finished.timeline.tones if t.sound == sound][number]


def test_the_session_has_every_tone_of_ours(finished: Finished) -> None:
    roles = {tone.role for tone in finished.timeline.tones}
    assert roles >= {"countdown", "start", "rest", "switch", "release", "halfway", "rep", "finish"}
    assert "wake" in roles
    assert "script" in roles


def test_a_file_as_it_was_made_passes(finished: Finished, silent: Finished) -> None:
    for path in (finished.mp3, finished.wav, silent.mp3, silent.wav):
        report = verify(path)
        assert failed(report) == {}
        assert report.cause is None


def test_a_file_encoded_again_passes(filtered: Edit) -> None:
    """LAME gives everything back 0.45 dB softer; more than once would be heard as too quiet."""
    assert failed(verify(filtered("-b:a", "96k", "-af", "volume=0.45dB"))) == {}


def test_cut_at_the_end(finished: Finished, tmp_path: Path) -> None:
    data = finished.mp3.read_bytes()
    path = tmp_path / "cut.mp3"
    path.write_bytes(data[: -FRAME_BYTES * 500])
    report = verify(path)
    # The last frame ends a little after the session.
    assert report.cause in {"The last 12.0 s are missing.", "The last 11.9 s are missing."}
    assert {"length", "tones", "speech"} <= set(failed(report))


def test_cut_at_the_start(finished: Finished, tmp_path: Path) -> None:
    data = finished.mp3.read_bytes()
    music = music_at(data) + FRAME_BYTES
    path = tmp_path / "cut.mp3"
    path.write_bytes(data[:music] + data[music + FRAME_BYTES * 250 :])
    report = verify(path)
    assert report.cause == "The first 6.0 s are missing."
    assert {"length", "tones"} <= set(failed(report))


def test_cut_in_the_middle(edited: Edit) -> None:
    report = verify(edited(lambda s: np.concatenate((s[: frames(40_000)], s[frames(47_000) :]))))
    assert report.cause is not None
    assert report.cause.startswith("7.0 s are missing after 0:")


def test_late_by_60_ms(filtered: Edit) -> None:
    report = verify(filtered("-af", "adelay=60"))
    assert report.cause == "Everything is 60 ms late."
    assert {found for _, found in failed(report)["tones"]} == {"60 ms late"}


@pytest.mark.parametrize("late_ms", [60, 1234])
def test_late_in_a_file_of_the_right_length(edited: Edit, late_ms: int) -> None:
    def shift(samples: Samples) -> Samples:
        return np.concatenate((np.zeros(frames(late_ms)), samples))[: len(samples)]

    report = verify(edited(shift))
    assert report.cause == f"Everything is {'60 ms' if late_ms == 60 else '1.2 s'} late."
    assert "length" not in failed(report)


@pytest.mark.parametrize("how", ["atempo=1.01", "asetrate=48480,aresample=48000"])
def test_faster_by_one_per_cent(filtered: Edit, how: str) -> None:
    report = verify(filtered("-af", how))
    assert report.cause == "The file runs 1.0 % fast."
    assert {"length", "tones"} <= set(failed(report))


@pytest.mark.slow
def test_slower_by_one_per_cent(filtered: Edit) -> None:
    assert verify(filtered("-af", "atempo=0.99")).cause == "The file runs 1.0 % slow."


def test_a_tone_that_is_muted(finished: Finished, edited: Edit) -> None:
    at_ms = start_of(finished, "tick", 1)

    def mute(samples: Samples) -> Samples:
        samples[frames(at_ms) : frames(at_ms + 100)] = 0
        return samples

    report = verify(edited(mute))
    assert failed(report) == {"tones": [("tick", "not there")]}
    (item,) = next(check for check in report.checks if check.name == "tones").findings
    assert item.at_ms == at_ms
    assert report.cause is None


def test_a_tone_that_is_moved_by_30_ms(finished: Finished, edited: Edit) -> None:
    at_ms = start_of(finished, "rest")

    def move(samples: Samples) -> Samples:
        tone = samples[frames(at_ms) : frames(at_ms + 500)].copy()
        samples[frames(at_ms) : frames(at_ms + 500)] = 0
        samples[frames(at_ms + 30) : frames(at_ms + 530)] = tone
        return samples

    assert failed(verify(edited(move))) == {"tones": [("rest", "30 ms late")]}


def test_too_loud_by_6_db(filtered: Edit) -> None:
    found = failed(verify(filtered("-af", "volume=6dB")))
    assert set(found) == {"clipping", "peak", "loudness"}
    assert found["loudness"][0][1].startswith("-13.")


def test_too_quiet_by_3_db(filtered: Edit) -> None:
    found = failed(verify(filtered("-af", "volume=-3dB")))
    assert set(found) == {"loudness"}
    assert found["loudness"][0][1].startswith("-22.")


def test_a_spoken_cue_that_is_not_there(finished: Finished, edited: Edit) -> None:
    cue = next(cue for cue in finished.timeline.speech if cue.role == "setup")

    def remove(samples: Samples) -> Samples:
        samples[frames(cue.start_ms) : frames(cue.end_ms)] = 0
        return samples

    assert failed(verify(edited(remove))) == {"speech": [(f'"{cue.text}"', "silence")]}


@pytest.mark.parametrize(
    ("first", "end", "found"),
    [(0, 0.5, "begins"), (0.5, 1, "ends"), (0.2, 0.8, "of silence in it")],
)
def test_a_spoken_cue_that_is_there_in_part(
    finished: Finished, edited: Edit, first: float, end: float, found: str
) -> None:
    cue = max(finished.timeline.speech, key=lambda cue: cue.end_ms - cue.start_ms)
    length_ms = cue.end_ms - cue.start_ms

    def remove(samples: Samples) -> Samples:
        here = slice(
            frames(cue.start_ms + first * length_ms), frames(cue.start_ms + end * length_ms)
        )
        samples[here] = 0
        return samples

    (what, told), *more = failed(verify(edited(remove)))["speech"]
    assert not more
    assert cue.text in what
    assert found in told


def pause_of(finished: Finished) -> tuple[int, int]:
    """The longest stretch without a cue, less what may ring on at its edges."""
    cues = finished.timeline.cues
    pairs = [(one.end_ms + 100, other.start_ms - 50) for one, other in itertools.pairwise(cues)]
    return max(pairs, key=lambda pair: pair[1] - pair[0])


def test_a_hum_in_a_pause(finished: Finished, edited: Edit) -> None:
    first_ms, end_ms = pause_of(finished)

    def hum(samples: Samples) -> Samples:
        here = slice(frames(first_ms), frames(end_ms))
        samples[here] += 0.01 * np.sin(2 * np.pi * 50 / 48_000 * np.arange(here.stop - here.start))
        return samples

    assert failed(verify(edited(hum))) == {"silence": [("pause", "-40.0 dBFS")]}


def test_a_tone_too_many(finished: Finished, edited: Edit) -> None:
    at_ms = start_of(finished, "tick")
    place_ms = pause_of(finished)[0] + 500

    def add(samples: Samples) -> Samples:
        tone = samples[frames(at_ms) : frames(at_ms + 100)]
        samples[frames(place_ms) : frames(place_ms + 100)] = tone
        return samples

    found = failed(verify(edited(add)))
    assert set(found) == {"tones", "silence"}
    assert found["tones"][0][0] == "tick"


@pytest.fixture(scope="module")
def with_music(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Spoken by pyttsx3, over music with notes that are like a tone of ours, on the second."""
    folder = tmp_path_factory.mktemp("music")
    time = np.arange(48_000 * 9) / 48_000
    drum = 0.6 * np.sin(2 * np.pi * 90 * time) * np.exp(-8 * (time % 0.5))
    note = 0.4 * np.sin(2 * np.pi * 440 * time) * np.exp(-4 * (time % 0.75))
    sound = np.rint((drum + note) * 32767 * 0.9).astype("<i2").tobytes()
    (folder / "song.wav").write_bytes(header(len(time), 1, 0) + sound)
    return finish(folder, session_home, "pyttsx3", music=str(folder / "song.wav"))


def test_under_music_a_file_as_it_was_made_passes(with_music: Finished) -> None:
    for path in (with_music.mp3, with_music.wav):
        report = verify(path)
        assert failed(report) == {}
        assert report.cause is None
        worst = {check.name: check.worst for check in report.checks}
        assert worst["silence"] == "there is music"
        assert worst["speech"] == "above the music"
        assert worst["music"] == "goes on"


def test_under_music_tones_are_found(with_music: Finished, edited: Edit) -> None:
    at_ms, place_ms = start_of(with_music, "tick"), pause_of(with_music)[0] + 500

    def move(samples: Samples) -> Samples:
        here, there = stretch(at_ms, at_ms + 100), stretch(place_ms, place_ms + 100)
        samples[there] = samples[here]
        samples[here] = samples[stretch(at_ms - 200, at_ms - 100)]
        return samples

    found = failed(verify(edited(move, with_music)))
    assert set(found) == {"tones"}
    assert {told for _, told in found["tones"]} == {"not there", f"a tick at {clock(place_ms)}"}


def test_under_music_words_that_are_not_there(with_music: Finished, edited: Edit) -> None:
    """In their place is the music that was ducked for them."""
    cue = next(cue for cue in with_music.timeline.speech if cue.role == "setup")

    def remove(samples: Samples) -> Samples:
        here = stretch(cue.start_ms, cue.end_ms)
        first_ms = pause_of(with_music)[0]
        other = samples[stretch(first_ms, first_ms + cue.end_ms - cue.start_ms)]
        samples[here] = np.resize(other, samples[here].shape) * 10 ** (-9 / 20)
        return samples

    assert failed(verify(edited(remove, with_music))) == {
        "speech": [(f'"{cue.text}"', "not there")]
    }


def test_music_that_stops(with_music: Finished, edited: Edit) -> None:
    work = max(with_music.timeline.segments, key=lambda segment: segment.length_ms)
    first_ms = work.start_ms + 1000

    def stop(samples: Samples) -> Samples:
        samples[stretch(first_ms, first_ms + 12_000)] = 0
        return samples

    report = verify(edited(stop, with_music))
    assert failed(report)["music"] == [("music", "12.0 s of silence")]
    (item,) = next(check for check in report.checks if check.name == "music").findings
    assert item.at_ms == pytest.approx(first_ms, abs=1)


def test_late_under_music(with_music: Finished, edited: Edit) -> None:
    def shift(samples: Samples) -> Samples:
        return np.concatenate((np.zeros(2 * frames(60)), samples))[: len(samples)]

    report = verify(edited(shift, with_music))
    assert report.cause == "Everything is 60 ms late."
    found = [found for _, found in failed(report)["tones"]]
    assert found.count("60 ms late") >= len(with_music.timeline.tones) - 3


def test_cut_at_the_end_under_music(with_music: Finished, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp3"
    path.write_bytes(with_music.mp3.read_bytes()[: -FRAME_BYTES * 500])
    report = verify(path)
    assert report.cause in {"The last 12.0 s are missing.", "The last 11.9 s are missing."}


def stretch(first_ms: float, end_ms: float) -> slice:
    """Of a stereo file."""
    return slice(2 * frames(first_ms), 2 * frames(end_ms))


def test_sound_that_is_no_music_of_the_session_is_not_silence(
    finished: Finished, tmp_path: Path
) -> None:
    """Whether there is music says the timeline, not what is heard."""
    data = finished.wav.read_bytes()
    samples = np.frombuffer(data[HEADER:][: finished.n_frames * 2], "<i2")
    bed = np.random.default_rng(5).normal(0, 160, (len(samples), 2))
    sound = np.rint(samples[:, None] + bed).clip(-32768, 32767).astype("<i2")
    trailer = data[HEADER + finished.n_frames * 2 :]
    path = tmp_path / "noise.wav"
    path.write_bytes(header(len(samples), 2, len(trailer)) + sound.tobytes() + trailer)
    assert "silence" in failed(verify(path))


def test_a_session_without_tones(tmp_path: Path) -> None:
    """Where sound begins after a pause then tells what is wrong."""
    steps = "".join(
        f"  - {{exercise: {name}, duration: {n}s}}\n"
        for n, name in enumerate(("Breathe in", "Hold", "Breathe out", "Rest", "Breathe in"), 4)
    )
    coach = "coach: {talk: names, countdown: 0, starts: false, wake: false}"
    text = f"voiceguide: 1\ntitle: Breathing\n{coach}\nsteps:\n{steps}"
    path = tmp_path / "breathing.wav"
    source = Source(text.encode(), "breathing.yaml", tmp_path)
    timeline = pipeline.render(source, path, Options(engine="pyttsx3")).timeline
    assert not timeline.tones
    assert failed(verify(path)) == {}
    data, late = path.read_bytes(), frames(700)
    trailer = data[HEADER + timeline.duration_ms * 96 :]
    music = bytes(2 * late) + data[HEADER : len(data) - len(trailer)]
    path.write_bytes(header(len(music) // 2, 1, len(trailer)) + music + trailer)
    assert verify(path).cause == "Everything is 700 ms late."


def test_a_stretch_of_silence(finished: Finished, edited: Edit) -> None:
    at_ms = start_of(finished, "start")

    def silence(samples: Samples) -> Samples:
        samples[frames(at_ms - 12_000) : frames(at_ms + 1000)] = 0
        return samples

    found = failed(verify(edited(silence)))
    assert set(found) <= {"tones", "speech", "loudness"}
    assert ("start", "not there") in found["tones"]
    assert "silence" in {told for _, told in found["speech"]}


def test_nothing_but_silence(edited: Edit) -> None:
    report = verify(edited(lambda samples: 0 * samples))
    assert report.cause == "The file is silent."
    assert {"tones", "speech", "loudness"} <= set(failed(report))


def tagged(finished: Finished, tmp_path: Path, change: Callable[[ID3], Any]) -> Path:
    path = tmp_path / "tagged.mp3"
    path.write_bytes(finished.mp3.read_bytes())
    tags = ID3(path)
    change(tags)
    tags.save(path)
    return path


def test_chapters_that_are_lost(finished: Finished, tmp_path: Path) -> None:
    def lose(tags: ID3) -> None:
        tags.delall("CHAP")
        tags.delall("CTOC")

    found = failed(verify(tagged(finished, tmp_path, lose)))
    assert set(found) == {"chapters"}
    assert [what for what, _ in found["chapters"]] == [
        chapter.title for chapter in finished.timeline.chapters
    ]
    assert {told for _, told in found["chapters"]} == {"none"}


def test_a_chapter_that_is_moved(finished: Finished, tmp_path: Path) -> None:
    def move(tags: ID3) -> None:
        tags.getall("CHAP")[1].start_time += 250

    found = failed(verify(tagged(finished, tmp_path, move)))
    assert set(found) == {"chapters"}
    assert [what for what, _ in found["chapters"]] == ["Main"]


def test_another_title(finished: Finished, tmp_path: Path) -> None:
    def rename(tags: ID3) -> None:
        tags["TIT2"].text = ["Track 01"]

    assert failed(verify(tagged(finished, tmp_path, rename))) == {"title": [("title", "Track 01")]}


def test_a_timeline_that_alone_is_lost_may_lie_beside_the_file(
    finished: Finished, tmp_path: Path
) -> None:
    def lose(tags: ID3) -> None:
        tags.delall("GEOB")

    path = tagged(finished, tmp_path, lose)
    with pytest.raises(VoiceguideError, match="carries no timeline") as caught:
        verify(path)
    assert "--set, --talk and --fit" in caught.value.hint
    beside = tmp_path / "t.json"
    beside.write_text(dump(finished.timeline), encoding="utf-8")
    report = verify(path, beside)
    assert report.passed
    assert report.checks[0].worst == "none in the file, compared with the one given"


def test_lengths_are_told_as_on_a_clock() -> None:
    assert [length(ms) for ms in (60, 12_400, 460_600)] == ["60 ms", "12.4 s", "7:40.6"]


def test_tags_that_are_lost(finished: Finished, tmp_path: Path) -> None:
    path = tmp_path / "bare.mp3"
    data = finished.mp3.read_bytes()
    path.write_bytes(data[music_at(data) :])
    with pytest.raises(VoiceguideError, match="carries no timeline") as raised:
        verify(path)
    assert raised.value.exit_code == 1
    assert "--timeline" in raised.value.hint
    found = failed(verify(path, finished.json))
    assert set(found) == {"title", "chapters"}


@pytest.mark.parametrize("damage", [b"{", b'{"voiceguide_timeline": 2}', b"[" * 100_000])
def test_a_timeline_that_is_damaged(finished: Finished, tmp_path: Path, damage: bytes) -> None:
    def spoil(tags: ID3) -> None:
        tags.getall("GEOB")[0].data = damage

    path = tagged(finished, tmp_path, spoil)
    with pytest.raises(VoiceguideError, match="carries a damaged timeline"):
        verify(path)
    assert set(failed(verify(path, finished.json))) == {"timeline"}


def test_the_timeline_of_another_session(finished: Finished, tmp_path: Path) -> None:
    cues = [
        replace(cue, start_ms=cue.start_ms + 37 * number, end_ms=cue.end_ms + 37 * number)
        for number, cue in enumerate(finished.timeline.cues[:-9])
    ]
    moved = tmp_path / "other.json"
    moved.write_text(dump(replace(finished.timeline, cues=tuple(cues))), encoding="utf-8")
    report = verify(finished.mp3, moved)
    assert report.cause == "The sound is not that of this timeline: it may be of another session."
    assert {"timeline", "tones", "silence"} <= set(failed(report))


def test_a_timeline_beside_the_file_counts(finished: Finished, tmp_path: Path) -> None:
    assert failed(verify(finished.mp3, finished.json)) == {}
    body = json.loads(finished.json.read_text(encoding="utf-8"))
    tone = next(cue for cue in body["cues"] if cue.get("sound") == "rest")
    tone["start_ms"] -= 50
    path = tmp_path / "other.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    found = failed(verify(finished.mp3, path))
    assert found["tones"] == [("rest", "50 ms late")]
    (_what, told), *more = found["timeline"]
    assert not more
    assert str(tone["start_ms"]) in told


def test_a_timeline_given_that_is_none(finished: Finished, tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    with pytest.raises(UsageError, match="cannot be read"):
        verify(finished.mp3, path)
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(UsageError, match="is no timeline"):
        verify(finished.mp3, path)
    path.write_text(dump(replace(finished.timeline, estimated=True)), encoding="utf-8")
    with pytest.raises(UsageError, match="estimates"):
        verify(finished.mp3, path)
