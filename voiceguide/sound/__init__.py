"""Timeline and sounds to blocks of audio: tones, mix, loudness."""

from voiceguide.sound.level import VERSION as LEVEL_VERSION
from voiceguide.sound.level import Level
from voiceguide.sound.loudness import Meter, energies, integrated_lufs
from voiceguide.sound.mix import Mix, mix
from voiceguide.sound.music import Score, heard_ms
from voiceguide.sound.tones import TONES, length_ms, lengths, load, names
from voiceguide.sound.tracks import BED, Survey, Track

__all__ = [
    "BED",
    "LEVEL_VERSION",
    "TONES",
    "Level",
    "Meter",
    "Mix",
    "Score",
    "Survey",
    "Track",
    "energies",
    "heard_ms",
    "integrated_lufs",
    "length_ms",
    "lengths",
    "load",
    "mix",
    "names",
]
