"""Timeline and sounds to blocks of audio: tones, mix, loudness."""

from voiceguide.sound.loudness import Meter, energies, integrated_lufs
from voiceguide.sound.mix import Mix, mix
from voiceguide.sound.tones import TONES, length_ms, lengths, load, names

__all__ = [
    "TONES",
    "Meter",
    "Mix",
    "energies",
    "integrated_lufs",
    "length_ms",
    "lengths",
    "load",
    "mix",
    "names",
]
