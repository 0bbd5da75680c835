"""Sessions with music: what plays when, how loud, and how it gives way."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Cue, Segment, SegmentKind, Speech, Timeline, Tone
from voiceguide.sound import BED, Mix, Score, Survey, integrated_lufs, load, mix, tracks
from voiceguide.sound.click import beats
from voiceguide.sound.limiter import true_peak
from voiceguide.sound.loudness import Meter, energies
from voiceguide.sound.music import music

MS = 48
SECOND = 48_000


def session(kinds: Sequence[tuple[SegmentKind, int]], *cues: Cue) -> Timeline:
    """Segments of so many ms, one after the other."""
    segments, at_ms = [], 0
    for index, (kind, length_ms) in enumerate(kinds):
        segments.append(
            Segment(index=index, kind=kind, label=None, start_ms=at_ms, end_ms=at_ms + length_ms)
        )
        at_ms += length_ms
    return Timeline(
        title="By hand", language="en", voice="noise", estimated=False, duration_ms=at_ms,
        segments=tuple(segments), cues=tuple(sorted(cues, key=lambda cue: cue.start_ms)),
    )  # fmt: skip


def words(start_ms: int, end_ms: int) -> Speech:
    text = f"Words at {start_ms}"
    return Speech(
        role="name", start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, about=None, segment=0
    )


def tone(role: str, start_ms: int) -> Tone:
    sound = {"countdown": "tick"}.get(role, role)
    end_ms = start_ms + load(sound).n_frames // MS
    return Tone(role=role, start_ms=start_ms, end_ms=end_ms, sound=sound, segment=0)


def say(cue: Speech) -> Audio:
    """Noise of speech in syllables."""
    n_frames = MS * (cue.end_ms - cue.start_ms)
    noise = np.random.default_rng(zlib.crc32(cue.spoken.encode())).standard_normal(n_frames)
    frequency = np.fft.rfftfreq(n_frames, 1 / 48_000)
    sound = np.fft.irfft(
        np.fft.rfft(noise) * (frequency > 120) / (1 + (frequency / 900) ** 4), n_frames
    )
    time = np.arange(n_frames) / 48_000
    sound *= np.sin(np.pi * 4 * time) ** 2 * np.minimum(1, np.arange(n_frames)[::-1] / 240)
    return Audio((sound * 0.1 / np.sqrt(np.mean(sound**2))).astype("f4")[:, None], 48_000)


def mixed(timeline: Timeline, *surveys: Survey, **score: object) -> Mix:
    """A mix; each list of the score that is named gets all the tracks."""
    names = [name for name in ("everywhere", "work", "rest") if score.pop(name, None)] or [
        "everywhere"
    ]
    lists = {name: tuple(each.track for each in surveys) for name in names}
    asked = {"under_voice_db": 15, "duck_db": 9, **lists, **score}
    hops = {each.track: each.hops for each in surveys}
    return mix(
        timeline, say, lambda cue: load(cue.sound), score=Score(**asked), hops_of=hops.__getitem__
    )


def whole(mix: Mix) -> np.ndarray:
    return np.concatenate([block.samples for block in mix.blocks()])


@pytest.fixture(scope="module")
def bed() -> Survey:
    return tracks.survey(BED)


TALK = [words(at, at + 2400) for at in range(2000, 58_000, 7000)]
TONES = [tone("countdown", at) for at in (17_000, 18_000, 19_000)]
USUAL = session(
    [("talk", 20_000), ("work", 25_000), ("rest", 15_000)],
    *TALK, *TONES, tone("start", 20_000), tone("rest", 45_000), tone("finish", 59_100),
)  # fmt: skip
"""A minute, a third of it spoken."""


@pytest.fixture(scope="module")
def usual(bed: Survey) -> Mix:
    return mixed(USUAL, bed)


@pytest.fixture(scope="module")
def samples(usual: Mix) -> np.ndarray:
    return whole(usual)


def lufs(samples: np.ndarray) -> float:
    return integrated_lufs(Audio(np.ascontiguousarray(samples), 48_000))


def test_it_is_stereo_as_long_as_ever_and_at_the_target(usual: Mix, samples: np.ndarray) -> None:
    assert (usual.n_channels, usual.n_frames) == (2, 60 * SECOND)
    assert samples.shape == (60 * SECOND, 2)
    assert samples.dtype == np.float32
    assert lufs(samples) == pytest.approx(-16, abs=0.2)
    assert 20 * np.log10(true_peak(Audio(samples, 48_000))) <= -2.9


def test_without_music_it_is_mono_as_before() -> None:
    plain = mix(USUAL, say, lambda cue: load(cue.sound))
    assert plain.n_channels == 1
    assert lufs(whole(plain)) == pytest.approx(-19, abs=0.1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=st.integers(0, 60 * SECOND), block=st.integers(4000, 500_000))
def test_any_start_and_any_block_give_the_same_samples(
    usual: Mix, samples: np.ndarray, start: int, block: int
) -> None:
    first = next(iter(usual.blocks(start, block)), None)
    if first is not None:
        assert np.array_equal(first.samples, samples[start : start + block])


def test_all_blocks_together_are_the_whole(usual: Mix, samples: np.ndarray) -> None:
    joined = np.concatenate([block.samples for block in usual.blocks(12_345, 33_333)])
    assert np.array_equal(joined, samples[12_345:])


def test_the_voice_is_in_the_middle(bed: Survey) -> None:
    """Left less right is music alone: the words leave nothing in it."""
    alone = session([("talk", 10_000)], words(4000, 6000))
    loud = whole(mixed(alone, bed, under_voice_db=40))
    difference = loud[:, 0] - loud[:, 1]
    spoken = difference[4000 * MS : 6000 * MS]
    assert np.abs(spoken).max() < 0.02 * np.abs(loud[4000 * MS : 6000 * MS]).max()


@pytest.mark.parametrize(("under_db", "duck_db"), [(15, 9), (12, 6), (18, 12), (20, 0)])
def test_the_music_lies_as_far_under_the_voice_as_was_asked(
    bed: Survey, under_db: int, duck_db: int
) -> None:
    """Measured in what is heard: words, music alone, and music under words (the side signal)."""
    spoken = session([("talk", 60_000)], *TALK)
    made = mixed(spoken, bed, under_voice_db=under_db, duck_db=duck_db)
    heard = whole(made)
    voice = Meter(60_000)
    alone, under = [], []
    for cue in TALK:
        span = heard[cue.start_ms * MS : cue.end_ms * MS]
        voice.add(cue.start_ms, energies(Audio(span, 48_000)))
        under.append(span[:, 0] - span[:, 1])
        alone.append(heard[(cue.end_ms + 700) * MS : (cue.end_ms + 2200) * MS])
    music_lufs = lufs(np.concatenate(alone))
    assert voice.lufs() - music_lufs == pytest.approx(under_db, abs=1)
    sides = np.concatenate([part[:, 0] - part[:, 1] for part in alone])
    ducked_db = 20 * np.log10(np.std(sides) / np.std(np.concatenate(under)))
    assert ducked_db == pytest.approx(duck_db, abs=1)


def test_it_is_down_before_the_first_syllable_and_level_between_words(usual: Mix) -> None:
    heard = whole(usual)
    for cue in TALK[1:-1]:
        before = heard[(cue.start_ms - 20) * MS : cue.start_ms * MS]
        earlier = heard[(cue.start_ms - 600) * MS : (cue.start_ms - 200) * MS]
        assert np.std(before) < 0.6 * np.std(earlier), cue


def test_where_little_is_said_the_whole_is_still_on_target_and_the_words_as_clear(
    bed: Survey,
) -> None:
    rare = session([("work", 120_000)], words(30_000, 32_000), words(80_000, 82_000))
    made = mixed(rare, bed, under_voice_db=15, duck_db=3)
    heard = whole(made)
    assert lufs(heard) == pytest.approx(-16, abs=0.2)
    span = heard[30_000 * MS : 32_000 * MS]
    side = span[:, 0] - span[:, 1]  # two sides of the bed that have nothing in common
    middle = span.mean(axis=1)
    assert 20 * np.log10(np.std(middle) / (np.std(side) / 2)) > 13


@pytest.mark.parametrize("cues", [(), tuple(TONES)], ids=["music alone", "with tones"])
def test_sessions_without_a_word_reach_the_target(bed: Survey, cues: tuple[Cue, ...]) -> None:
    made = mixed(session([("work", 40_000)], *cues), bed)
    assert lufs(whole(made)) == pytest.approx(-16, abs=0.2)


@pytest.mark.parametrize("hz", [110, 440])
@pytest.mark.parametrize("every_ms", [7000, 9600, 14_000])
def test_music_as_steady_as_a_tone_does_not_upset_the_level(
    write_music: Callable[..., Path], hz: int, every_ms: int
) -> None:
    """The gate of the meter lets all of it in or nothing."""
    wave = 0.3 * np.sin(2 * np.pi * hz * np.arange(70 * SECOND) / SECOND)[:, None]
    steady = tracks.survey(str(write_music("steady.wav", wave)))
    said = [words(at, at + 2400) for at in range(2000, 56_000, every_ms)]
    heard = whole(mixed(session([("talk", 60_000)], *said), steady))
    assert lufs(heard) == pytest.approx(-16, abs=0.3)


def test_it_fades_in_and_is_gone_where_the_finish_begins(samples: np.ndarray) -> None:
    rms = [float(np.std(samples[at * MS : (at + 50) * MS])) for at in (0, 400, 1200)]
    assert rms[0] < 0.1 * rms[2]
    assert rms[0] < rms[1] < rms[2]
    assert np.abs(samples[0]).max() < 1e-4
    assert np.abs(samples[59_090 * MS : 59_100 * MS]).max() < 10 ** (-50 / 20)
    finish = samples[59_100 * MS :]
    assert np.array_equal(finish[:, 0], finish[:, 1]), "no music is left"


def test_it_ends_with_the_session_where_the_finish_is_earlier(bed: Survey) -> None:
    talked = session(
        [("work", 20_000), ("talk", 10_000)], words(21_500, 24_000), tone("finish", 20_000)
    )
    heard = whole(mixed(talked, bed))
    assert np.std(heard[25_000 * MS : 26_000 * MS]) > 0.001
    assert np.abs(heard[-10:]).max() < 10 ** (-50 / 20)


def pitched(write_music: Callable[..., Path], name: str, hz: float) -> Survey:
    """Twenty seconds that rise by a semitone each second, so that a place is known by its pitch."""
    second = np.repeat(np.arange(20), SECOND)
    phase = 2 * np.pi * np.cumsum(hz * 2 ** (second / 12)) / SECOND
    return tracks.survey(str(write_music(name, 0.3 * np.sin(phase)[:, None])))


def pitch_hz(samples: np.ndarray) -> float:
    heard = samples.mean(axis=1)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)), 1 << 17))
    return float(np.argmax(spectrum) * SECOND / (1 << 17))


def test_work_and_rest_change_on_the_boundary_and_go_on_where_they_were(
    write_music: Callable[..., Path],
) -> None:
    work, rest = pitched(write_music, "work.wav", 220), pitched(write_music, "rest.wav", 1500)
    timeline = session(
        [("talk", 3000), ("work", 5000), ("switch", 2000), ("work", 3000), ("rest", 4000),
         ("work", 6000)]
    )  # fmt: skip
    score = Score(work=(work.track,), rest=(rest.track,), under_voice_db=15, duck_db=9)
    hops = {each.track: each.hops for each in (work, rest)}
    made = mix(timeline, say, load, score=score, hops_of=hops.__getitem__)
    heard = whole(made)
    for start_ms, hz in [
        (1200, 1500 * 2 ** (1 / 12)),
        (3500, 220.0),
        (8500, 220 * 2 ** (5 / 12)),  # a change of sides belongs to the work
        (12_300, 220 * 2 ** (9 / 12)),
        (14_000, 1500 * 2 ** (4 / 12)),  # 3.2 s had been heard, then 0.8 since
        (18_000, 220 * 2 ** (11 / 12)),  # 10.4 s had been heard, then 0.8
    ]:
        part = heard[(start_ms + 100) * MS : (start_ms + 400) * MS]
        assert pitch_hz(part) == pytest.approx(hz, rel=0.03), start_ms
    for boundary_ms in (3000, 13_000, 17_000):
        around = heard[(boundary_ms - 150) * MS : (boundary_ms + 150) * MS]
        assert np.std(around) == pytest.approx(np.std(heard[9000 * MS : 9300 * MS]), rel=0.35)


def test_one_kind_alone_leaves_the_other_silent(write_music: Callable[..., Path]) -> None:
    song = pitched(write_music, "work.wav", 220)
    timeline = session([("prepare", 3000), ("work", 5000), ("rest", 3000)])
    heard = whole(mixed(timeline, song, work=True))
    assert not heard[: 2800 * MS].any()
    assert not heard[8200 * MS :].any()
    assert heard[3500 * MS : 7500 * MS].any(axis=1).mean() > 0.99


@pytest.mark.parametrize("cadence", [30, 90, 170, 173, 300])
def test_clicks_never_drift(cadence: int) -> None:
    """Over 12 hours each lies on the frame nearest to its time."""
    found = np.array(list(beats(cadence, 480, 12 * 3600 * SECOND)))
    exact = 480 + np.arange(found.size) * 60 * SECOND / cadence
    assert found.size == 12 * 60 * cadence
    assert np.abs(found - exact).max() <= 0.5
    later = list(beats(cadence, 480, 12 * 3600 * SECOND, 40_000_000))
    assert later == [beat for beat in found if beat >= 40_000_000]


def test_clicks_are_heard_in_timed_work_only_each_on_its_frame() -> None:
    timed = session([("prepare", 2000), ("work", 6000), ("rest", 2000), ("work", 4000)])
    counted = Segment(
        index=3, kind="work", label=None, start_ms=10_000, end_ms=14_000, reps=2,
        marks_ms=(10_000, 12_000),
    )  # fmt: skip
    timeline = Timeline(
        title="By hand", language="en", voice="noise", estimated=False, duration_ms=14_000,
        segments=(*timed.segments[:3], counted), cues=(),
    )  # fmt: skip
    score = Score(click=150, under_voice_db=15, duck_db=9)
    heard = whole(mix(timeline, say, load, score=score, hops_of={}.__getitem__))[:, 0]
    assert not heard[: 2000 * MS].any()
    assert not heard[8000 * MS :].any()
    for number in range(14):
        beat = 2000 * MS + number * 400 * MS
        assert not heard[beat - 96 : beat].any()
        assert np.abs(heard[beat : beat + 96]).max() > 0.01
    assert next(music(score, timeline).clicks(0, 14 * SECOND)) == 2000 * MS


def test_a_rendered_click_and_a_song_are_both_heard(bed: Survey) -> None:
    timeline = session([("work", 30_000)], words(3000, 6000))
    with_click, without = (whole(mixed(timeline, bed, click=click)) for click in (120, None))
    assert with_click.shape == without.shape
    beat = with_click[10_000 * MS : 10_050 * MS]
    assert np.abs(beat).max() > 1.5 * np.abs(without[10_000 * MS : 10_050 * MS]).max()


def test_tracks_of_any_loudness_are_heard_alike(write_music: Callable[..., Path]) -> None:
    time = np.arange(10 * SECOND) / SECOND
    soft, loud = (
        tracks.survey(str(write_music(name, level * np.sin(2 * np.pi * hz * time)[:, None])))
        for name, level, hz in (("soft.wav", 0.01, 300), ("loud.wav", 0.9, 500))
    )
    heard = whole(mixed(session([("rest", 16_000)]), soft, loud))
    assert lufs(heard[2 * SECOND : 5 * SECOND]) == pytest.approx(
        lufs(heard[11 * SECOND : 13 * SECOND]), abs=1.5
    )


def test_equal_sessions_sound_equal(bed: Survey, samples: np.ndarray) -> None:
    assert np.array_equal(whole(mixed(USUAL, bed)), samples)


@pytest.mark.slow
def test_memory_does_not_grow_with_length(songs: dict[str, Path]) -> None:
    song = tracks.survey(str(songs["mp3"]))

    def peak_bytes(minutes: int) -> int:
        said = [words(at, at + 2500) for at in range(2000, minutes * 60_000, 10_000)]
        made = mixed(session([("work", minutes * 60_000)], *said), song)
        tracemalloc.start()
        for _ in made.blocks():
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    short, long = peak_bytes(6), peak_bytes(30)
    assert long < 1.25 * short + 8_000_000, (short, long)
