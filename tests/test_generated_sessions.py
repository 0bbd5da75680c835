"""Sessions made up at random, with and without music: loudness, peaks and edges of what comes out.

The yardsticks are not ours: pyloudnorm for the loudness, ffmpeg for the true peak.
"""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest

from voiceguide import ffmpeg, pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source

MOVES = ("reverse lunge", "plank", "push-up", "glute bridge", "squat")
TUNES = {
    "chords.mp3": "aevalsrc='0.2*sin(2*PI*220*t)*(1+0.5*sin(2*PI*2*t))+0.1*sin(2*PI*330*t)|"
    "0.2*sin(2*PI*277*t)*(1+0.5*sin(2*PI*2.1*t))+0.1*sin(2*PI*440*t)':s=44100:d=47",
    "drums.ogg": "aevalsrc='0.8*sin(2*PI*90*t)*exp(-8*mod(t,0.5))+0.3*(random(0)-0.5)*"
    "exp(-20*mod(t+0.25,0.5))+0.05*sin(2*PI*440*t)':s=48000:d=33",
    "waves.flac": "anoisesrc=r=44100:a=0.3:d=40:c=brown",
    "tone.m4a": "sine=f=196:r=44100:d=61",
}
LEVELS = ({}, {}, {"under_voice_db": 12}, {"under_voice_db": 18, "duck_db": 12}, {"duck_db": 6})
EDGE = 10 ** (-50 / 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("generated")
    for name, source in TUNES.items():
        call = [ffmpeg.locate(), "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source]
        codec = ["-c:a", "libvorbis"] if name.endswith("ogg") else []
        subprocess.run([*call, "-ac", "2", *codec, str(place / name)], check=True)
    return place


def script(seed: int, *, with_music: bool) -> str:
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret
    steps = ["- say: Welcome. Find some floor space."]
    for _ in range(chance.randint(2, 5)):
        amount = chance.choice(
            [f"duration: {chance.randint(15, 70)}s", f"reps: {chance.randint(3, 12)}",
             f"hold: {chance.randint(5, 15)}s, reps: {chance.randint(1, 3)}"]
        )  # fmt: skip
        prepare = chance.randint(5, 15)
        steps.append(f"- {{exercise: {chance.choice(MOVES)}, {amount}, prepare: {prepare}s}}")
        steps.append(f"- {{rest: {chance.randint(5, 40)}s}}")
    if chance.random() < 0.5:
        steps.append("- say: Done. Walk around and breathe.")
    talk = chance.choice(["full", "full", "short", "names", "beeps"])
    files = [*TUNES, "bed"]
    one, other = chance.choice(files), chance.choice(files)
    lists = chance.choice(
        [{"files": one}, {"files": f"[{one}, {other}]"}, {"work": one, "rest": other},
         {"work": one, "click": chance.randint(60, 190)}]
    )  # fmt: skip
    keys = {**lists, **chance.choice(LEVELS)}
    music = "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"
    header = f"voiceguide: 1\ntitle: Number {seed}\ncoach: {{talk: {talk}}}\n"
    return header + (f"music: {music}\n" if with_music else "") + "steps:\n" + "\n".join(steps)


def measured(path: Path) -> tuple[npt.NDArray[np.float32], float]:
    """The samples of a file, shape (frames, channels), and its true peak in dBTP."""
    call = [ffmpeg.locate(), "-nostdin", "-hide_banner", "-i", str(path), "-map", "0:a"]
    told = subprocess.run(
        [*call, "-af", "ebur128=peak=true", "-f", "null", "-"], capture_output=True, check=True
    ).stderr.decode(errors="replace")
    sound = subprocess.run([*call, "-f", "f32le", "-"], capture_output=True, check=True).stdout
    n_channels = 2 if "stereo" in told else 1
    peak = float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)[-1])
    return np.frombuffer(sound, "<f4").reshape(-1, n_channels), peak


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 15))]
)
@pytest.mark.parametrize("with_music", [False, True], ids=["plain", "music"])
def test_a_session_is_at_its_loudness_and_nothing_clips(
    folder: Path, tmp_path: Path, seed: int, with_music: bool
) -> None:
    source = Source(script(seed, with_music=with_music).encode(), "made up.yaml", folder)
    options = Options(engine="pyttsx3")
    path = tmp_path / "session.mp3"
    timeline = pipeline.render(source, path, options).timeline
    heard, peak_dbtp = measured(path)
    assert heard.shape == (timeline.duration_ms * 48, 2 if with_music else 1)
    lufs = pyloudnorm.Meter(48_000).integrated_loudness(heard.astype(float))
    assert lufs == pytest.approx(-16 if with_music else -19, abs=0.3)
    assert peak_dbtp <= -1
    assert np.abs(heard[0]).max() < EDGE
    assert np.abs(heard[-1]).max() < EDGE
    if not with_music:
        _, mix = pipeline.prepare(source, options)
        for span in mix.spans:
            sound = next(mix.blocks(span.start_frame, span.n_frames)).samples
            assert np.abs(sound[0]).max(initial=0) < EDGE, span
            assert np.abs(sound[-1]).max(initial=0) < EDGE, span
