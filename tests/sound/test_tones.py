from __future__ import annotations

import subprocess
import sys
import wave
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from voiceguide import ffmpeg
from voiceguide.data import shipped
from voiceguide.model.errors import SoundError
from voiceguide.model.roles import ToneRole
from voiceguide.sound import TONES, energies, integrated_lufs, length_ms, lengths, load, names

EXPECTED_MS: dict[ToneRole, int] = {
    "countdown": 100, "start": 400, "rest": 500, "switch": 450, "release": 250, "halfway": 300,
    "rep": 60, "wake": 500, "earcon": 240, "finish": 900,
}  # fmt: skip


def spectrum(name: str) -> np.ndarray:
    """How the energy lies over third-octave bands from 200 Hz to 8 kHz, as a unit vector."""
    samples = load(name).samples[:, 0]
    power = np.abs(np.fft.rfft(samples, 1 << 17)) ** 2
    hertz = np.fft.rfftfreq(1 << 17, 1 / 48_000)
    edges = 200 * 2 ** (np.arange(17) / 3)
    bands = np.sqrt(np.histogram(hertz, edges, weights=power)[0])
    return np.asarray(bands / np.linalg.norm(bands))


def loudest(name: str) -> float:
    """Momentary level over 0.1 s, in LUFS."""
    return float(
        -0.691 + 10 * np.log10(np.convolve(energies(load(name)), np.ones(100)).max() / 4800)
    )


def test_every_role_has_its_sound_and_length() -> None:
    assert {role: tone.length_ms for role, tone in lengths().items()} == EXPECTED_MS
    assert {role: tone.sound for role, tone in lengths().items()} == dict(TONES)
    assert set(TONES.values()) | {"clap", "bell"} == set(names())


@pytest.mark.parametrize("name", sorted(set(names()) - {"wake"}))
def test_onset_is_sharp_and_the_end_silent(name: str) -> None:
    sound = np.abs(load(name).samples[:, 0])
    onset = np.argmax(sound > sound.max() / 10) / 48
    assert onset < 2.0, "ms"
    assert sound[0] < 0.001
    assert sound[-48:].max() < 0.001, "-60 dBFS"


def test_wake_is_felt_rather_than_heard() -> None:
    sound = load("wake").samples[:24_000, 0].astype(float)
    assert -50 < 20 * np.log10(np.sqrt(np.mean(sound[-9600:] ** 2))) < -40
    assert np.abs(sound[:2400]).max() < np.abs(sound[-2400:]).max() / 2, "comes up softly"


@pytest.mark.parametrize(
    ("one", "other"), [*combinations(("start", "rest", "switch", "release", "finish", "tick"), 2)]
)
def test_tones_differ_by_spectrum(one: str, other: str) -> None:
    assert spectrum(one) @ spectrum(other) < 0.9


def test_start_is_longer_and_higher_than_the_countdown() -> None:
    assert lengths()["start"].length_ms >= 3 * lengths()["countdown"].length_ms
    peaks = {name: int(np.abs(np.fft.rfft(load(name).samples[:, 0], 48_000)).argmax())
             for name in ("tick", "start")}  # fmt: skip
    assert peaks["start"] > 1.3 * peaks["tick"]


def test_tones_lie_a_little_under_the_voice_and_rep_far_under() -> None:
    for role in ("countdown", "start", "rest", "switch", "release", "halfway", "finish"):
        assert -24 < loudest(TONES[role]) < -19
    assert loudest("rep") < loudest("tick") - 8


def test_the_program_makes_the_files_that_are_shipped(tmp_path: Path) -> None:
    program = tmp_path / "make.py"
    program.write_bytes((shipped("sounds") / "make.py").read_bytes())
    subprocess.run([sys.executable, program], check=True)
    made = {path.name for path in tmp_path.glob("*.wav")}
    assert made == {f"{name}.wav" for name in names()}
    for name in made:
        ours, fresh = (np.frombuffer(open_wav(folder / name), "<i2").astype(int)
                       for folder in (shipped("sounds"), tmp_path))  # fmt: skip
        assert np.abs(ours - fresh).max() <= 1, "other machines may round otherwise"


def open_wav(path: Path) -> bytes:
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        return bytes(file.readframes(file.getnframes()))


def encode_sine(path: Path, rate_hz: int, options: list[str]) -> None:
    source = f"sine=frequency=440:sample_rate={rate_hz}:duration=1.5"
    subprocess.run(
        [ffmpeg.locate(), "-v", "error", "-f", "lavfi", "-i", source, *options, str(path)],
        check=True,
    )


@pytest.mark.parametrize(
    ("file_name", "options"),
    [
        ("gong.wav", []),
        ("gong.wav", ["-c:a", "pcm_s24le", "-ac", "2"]),
        ("gong.wav", ["-c:a", "pcm_f32le"]),
        ("gong.wav", ["-c:a", "pcm_u8"]),
        ("gong.mp3", []),
        ("gong.ogg", ["-c:a", "libvorbis"]),
        ("gong.flac", []),
        ("Glocke für 走る.flac", []),
        ("-gong.m4a", []),
    ],
)
def test_a_listeners_file_is_read_resampled_and_levelled(
    tmp_path: Path, file_name: str, options: list[str]
) -> None:
    path = tmp_path / file_name
    encode_sine(path, 44_100, options)
    sound = load(str(path))
    assert (sound.rate_hz, sound.n_channels, str(sound.samples.dtype)) == (48_000, 1, "float32")
    assert length_ms(str(path)) == pytest.approx(1500, abs=60)
    assert integrated_lufs(sound) == pytest.approx(-20, abs=0.2)
    assert np.abs(np.fft.rfft(sound.samples[:48_000, 0])).argmax() == pytest.approx(440, abs=2)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all" * 100])
@pytest.mark.parametrize("name", ["noise.wav", "noise.mp3"])
def test_a_file_without_sound_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SoundError, match=name):
        load(str(path))


def test_a_missing_sound_is_told_with_those_there_are() -> None:
    with pytest.raises(SoundError, match="gong") as caught:
        load("gong")
    assert "bell" in caught.value.hint
