"""How long a finished MP3 takes, against the least it could and against the plain way.

    python benchmarks/render.py [MINUTES]

Compares, in one run on one machine, so that the ratios mean something:

- floor: `ffmpeg -i done.wav -b:a 128k`, the bare encoding of a session that is mixed already;
- ours: mixing and writing, with an empty cache of islands, and again with a full one;
- with music: the same session with an MP3 of four minutes below it, its levels known, against
  the bare encoding of that; and what finding the levels takes, once for each session and song;
- pydub: a script that appends clips and silence to one segment and exports it. It grows with the
  square of the length, so it gets a sixth of the session, against the floor of that.

Speech is noise in syllables, a third of it said only once; no engine takes part.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from voiceguide import ffmpeg
from voiceguide.export import write_file
from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Cue, Segment, Speech, Timeline, Tone, ToneRole
from voiceguide.model.units import RATE_HZ
from voiceguide.sound import Level, Mix, Score, Survey, lengths, load, mix, tracks

T = TypeVar("T")

WORK_MS, REST_MS = 40_000, 20_000
PHRASES = ("Reverse lunge, left side.", "Plank.", "Push-up.", "Glute bridge.", "Fire hydrant.")


def session(minutes: int) -> Timeline:
    """Rounds of a rest with two phrases and a countdown, and work with reps."""
    known = lengths()
    cues: list[Cue] = []
    segments: list[Segment] = []

    def tone(role: ToneRole, at_ms: int) -> None:
        end_ms = at_ms + known[role].length_ms
        cues.append(
            Tone(role=role, start_ms=at_ms, end_ms=end_ms, sound=known[role].sound, segment=0)
        )

    def say(at_ms: int, length_ms: int, words: str) -> None:
        cues.append(
            Speech(role="name", start_ms=at_ms, end_ms=at_ms + length_ms, text=words, spoken=words,
                   about=None, segment=0)
        )  # fmt: skip

    for number in range(minutes):
        at_ms = number * (REST_MS + WORK_MS)
        name = PHRASES[number % len(PHRASES)]
        tone("rest", at_ms)
        say(at_ms + 1200, 2500, name if number % 3 else f"{name} Round {number}.")
        say(at_ms + 4800, 4000, f"Set-up. {PHRASES[number * 7 % len(PHRASES)]}")
        for second in (3, 2, 1):
            tone("countdown", at_ms + REST_MS - second * 1000)
        tone("start", at_ms + REST_MS)
        for rep in range(1, 10):
            tone("rep", at_ms + REST_MS + rep * 4000)
        middle_ms, end_ms = at_ms + REST_MS, at_ms + REST_MS + WORK_MS
        index = len(segments)
        segments += [
            Segment(index=index, kind="rest", label=name, start_ms=at_ms, end_ms=middle_ms),
            Segment(index=index + 1, kind="work", label=name, start_ms=middle_ms, end_ms=end_ms),
        ]
    return Timeline(
        title="Benchmark", language="en", voice="noise", estimated=False,
        duration_ms=minutes * (REST_MS + WORK_MS), segments=tuple(segments), cues=tuple(cues),
    )  # fmt: skip


def clip(cue: Speech) -> Audio:
    """The sound of a phrase."""
    return _noise(cue.spoken, (cue.end_ms - cue.start_ms) * 48)


@cache
def _noise(words: str, n_frames: int) -> Audio:
    noise = np.random.default_rng(zlib.crc32(words.encode())).standard_normal(n_frames)
    size = 1 << n_frames.bit_length()
    frequency = np.fft.rfftfreq(size, 1 / RATE_HZ)
    band = (frequency > 120) / (1 + (frequency / 900) ** 4)
    sound = np.fft.irfft(np.fft.rfft(noise, size) * band)[:n_frames]
    sound *= np.sin(np.pi * 4 * np.arange(n_frames) / RATE_HZ) ** 2
    sound *= 0.1 / np.sqrt(np.mean(sound**2))
    return Audio(sound.astype(np.float32)[:, None], RATE_HZ)


def mixed(timeline: Timeline, song: Survey | None = None, level: Level | None = None) -> Mix:
    """The mix of a benchmark session, with a song below it."""
    score = song and Score(everywhere=(song.track,), under_voice_db=15, duck_db=9)
    return mix(
        timeline,
        clip,
        lambda cue: load(cue.sound),
        score=score,
        hops_of=lambda _track: song.hops,
        level=level,
    )


def tune(folder: Path) -> Path:
    """Four minutes of chords and noise on the beat, as an MP3 of 44.1 kHz."""
    wave = (
        "0.2*sin({a}*t)*(1+0.5*sin(13*t))+0.2*sin({b}*t)+0.3*(random({n})-0.5)*exp(-9*mod(t,0.5))"
    )
    left, right = wave.format(a=1382, b=2070, n=0), wave.format(a=1740, b=2765, n=1)
    command = [ffmpeg.locate(), "-nostdin", "-v", "error", "-y", "-f", "lavfi"]
    target = folder / "song.mp3"
    source = f"aevalsrc='{left}|{right}':s=44100:d=240"
    subprocess.run([*command, "-i", source, "-b:a", "192k", str(target)], check=True)
    return target


def timed(what: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    return timed_with(what)[0]


def timed_with(what: Callable[[], T]) -> tuple[float, T]:
    """Seconds that a call takes, and what it gives."""
    start = time.perf_counter()
    found = what()
    return time.perf_counter() - start, found


def floor(made: Mix, timeline: Timeline, folder: Path) -> float:
    """Seconds for the bare encoding."""
    done = folder / "done.wav"
    write_file(made, timeline, done)
    command = [ffmpeg.locate(), "-nostdin", "-v", "error", "-y", "-i", str(done), "-b:a", "128k"]
    return timed(lambda: subprocess.run([*command, str(folder / "floor.mp3")], check=True))


def append_with_pydub(timeline: Timeline, folder: Path) -> None:
    """The plain way: one segment, to which silence and clips are added in turn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 - warns at import where PATH has no ffmpeg
    AudioSegment.converter = ffmpeg.locate()
    whole = AudioSegment.silent(0, RATE_HZ)
    for cue in timeline.cues:
        sound = clip(cue) if isinstance(cue, Speech) else load(cue.sound)
        data = (sound.samples.clip(-1, 1) * 32767).astype("<i2").tobytes()
        whole += AudioSegment.silent(cue.start_ms - len(whole), RATE_HZ)
        whole += AudioSegment(data, frame_rate=RATE_HZ, sample_width=2, channels=1)
    whole += AudioSegment.silent(timeline.duration_ms - len(whole), RATE_HZ)
    whole.export(folder / "pydub.mp3", format="mp3", bitrate="128k")


def main(minutes: int) -> None:
    """Prints the table."""
    timeline, part = session(minutes), session(max(minutes // 6, 1))
    for cue in timeline.speech:
        clip(cue)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = name
        least = floor(mixed(timeline), timeline, folder)
        least_of_part = floor(mixed(part), part, folder)
        target = folder / "ours.mp3"

        def render() -> None:
            write_file(mixed(timeline), timeline, target)

        path = tune(folder)
        hearing_s, song = timed_with(lambda: tracks.survey(str(path)))
        levelling_s, loud = timed_with(lambda: mixed(timeline, song))
        least_in_stereo = floor(loud, timeline, folder)

        def render_with_music() -> None:
            write_file(mixed(timeline, song, loud.level), timeline, target)

        rows = [
            ("floor: ffmpeg -b:a 128k", minutes, least, least),
            ("ours, empty cache", minutes, timed(render), least),
            ("ours, again", minutes, timed(render), least),
            ("floor in stereo", minutes, least_in_stereo, least_in_stereo),
            ("ours with music", minutes, timed(render_with_music), least_in_stereo),
            ("  its levels, once", minutes, levelling_s, least_in_stereo),
            ("  hearing the song, once", 4, hearing_s, least_in_stereo),
            ("pydub, appending", len(part.segments) // 2,
             timed(lambda: append_with_pydub(part, folder)), least_of_part),
        ]  # fmt: skip
    print(f"{'':26}{'minutes':>8}{'seconds':>9}{'x floor':>9}")
    for what, length, seconds, against in rows:
        print(f"{what:26}{length:8}{seconds:9.2f}{seconds / against:9.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
