"""Programme loudness after ITU-R BS.1770-4, of whole sounds and of sparse programmes.

A programme is measured from its parts: `energies` of each distinct stretch of sound, once, and a
`Meter` that lays them on the time axis. Silence costs nothing and adds nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio
from voiceguide.model.units import FRAMES_PER_MS, RATE_HZ, frames_to_ms, ms_to_frames

Energies = npt.NDArray[np.float64]

_HEAD = ((1.53512485958697, -2.69169618940638, 1.19839281085285),
         (1.0, -1.69065929318241, 0.73248077421585))  # fmt: skip
"""Annex 1, table 1: the head as a rigid sphere. Numerator and denominator at 48 kHz."""
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Annex 1, table 2: the RLB curve."""

_OFFSET = -0.691
"""Annex 1, equation 2."""
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
HOP_MS = 100
HOP_FRAMES = ms_to_frames(HOP_MS)
_HOPS_A_BLOCK = 4
"""Blocks of 400 ms that overlap by 75 %."""

_TAIL_MS = 200
"""The filters' memory: their slowest pole, 0.995, is below 1e-20 after that."""
_CHUNK_MS = (1 << 18) // FRAMES_PER_MS - _TAIL_MS
"""What fills a transform of a power of two with its tail."""


def energies(audio: Audio) -> Energies:
    """K-weighted energy of each millisecond: its sum of squares over frames and channels.

    Shape (ms,): as long as the sound and the tail of the filters.
    """
    length_ms = frames_to_ms(audio.n_frames)
    result = np.zeros(length_ms + _TAIL_MS)
    tail = np.zeros((_TAIL_MS * FRAMES_PER_MS, audio.n_channels))
    for first_ms in range(0, length_ms, _CHUNK_MS):
        chunk_ms = min(_CHUNK_MS, length_ms - first_ms)
        first = ms_to_frames(first_ms)
        weighted = _weigh(
            audio.samples[first : first + ms_to_frames(chunk_ms)],
            ms_to_frames(chunk_ms + _TAIL_MS),
        )
        weighted[: len(tail)] += tail
        tail = weighted[-len(tail) :].copy()
        result[first_ms : first_ms + chunk_ms + _TAIL_MS] = _by_ms(weighted)
    return result


def _weigh(samples: npt.NDArray[np.float32], n_frames: int) -> npt.NDArray[np.float64]:
    """The samples and the silence after them, `n_frames` in all, K-weighted.

    The filters are applied as what they do to each frequency: exact here, since the silence is
    long enough for them to ring out, and no loop over samples.
    """
    size = 1 << (n_frames - 1).bit_length()
    spectrum = np.fft.rfft(samples, size, axis=0) * _response(size)[:, None]
    weighted: npt.NDArray[np.float64] = np.fft.irfft(spectrum, size, axis=0)[:n_frames]
    return weighted


@lru_cache(maxsize=8)
def _response(size: int) -> npt.NDArray[np.complex128]:
    """Both filters at the frequencies of a real transform of `size` frames."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response: npt.NDArray[np.complex128] = np.ones(delay.size, dtype=np.complex128)
    for numerator, denominator in (_HEAD, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], delay) / np.polyval(denominator[::-1], delay)
    return response


def _by_ms(samples: npt.NDArray[np.float64]) -> Energies:
    rows = samples.reshape(-1, FRAMES_PER_MS * samples.shape[1])
    sums: Energies = np.einsum("ij,ij->i", rows, rows)
    return sums


@dataclass(frozen=True, slots=True, eq=False)
class Hops:
    """A sound in steps of 100 ms."""

    energies: Energies
    """K-weighted energy of each (`energies`, summed)."""
    peaks: Energies
    """The highest sample of each."""


def hops(audio: Audio) -> Hops:
    """The hops of a sound and of the tail of the filters."""
    each = energies(audio)
    n_hops = -(-each.size // HOP_MS)
    sums = np.pad(each, (0, n_hops * HOP_MS - each.size)).reshape(n_hops, -1).sum(axis=1)
    highest = np.zeros(n_hops * HOP_FRAMES)
    highest[: audio.n_frames] = np.abs(audio.samples).max(axis=1, initial=0.0)
    return Hops(sums, highest.reshape(n_hops, -1).max(axis=1))


class Meter:
    """Adds up the energies of the parts of a programme and tells its loudness."""

    def __init__(self, duration_ms: int) -> None:
        n_hops = max(-(-duration_ms // HOP_MS), _HOPS_A_BLOCK)
        self._hops = np.zeros(n_hops)

    def add(self, start_ms: int, part: Energies) -> None:
        """Lays the energies of one part on the programme, from `start_ms` on."""
        first, into_hop = divmod(start_ms, HOP_MS)
        places = (into_hop + np.arange(part.size)) // HOP_MS
        sums = np.bincount(places, weights=part)[: self._hops.size - first]
        self._hops[first : first + sums.size] += sums

    def add_hops(self, energies_of_hops: Energies) -> None:
        """Lays on the programme the energies of its hops of 100 ms, from the first on."""
        heard = energies_of_hops[: self._hops.size]
        self._hops[: heard.size] += heard

    @property
    def hops(self) -> Energies:
        """The energy of each hop of all that was added."""
        hops: Energies = self._hops.copy()
        return hops

    def lufs(self) -> float:
        """Integrated loudness of all that was added; minus infinity where all of it is silence."""
        totals = np.concatenate(([0.0], np.cumsum(self._hops)))
        blocks = totals[_HOPS_A_BLOCK:] - totals[:-_HOPS_A_BLOCK]
        squares = blocks / (_HOPS_A_BLOCK * HOP_MS * FRAMES_PER_MS)
        heard = squares[squares > _square(_ABSOLUTE_GATE)]
        if not heard.size:
            return -math.inf
        gate = _lufs(float(heard.mean())) + _RELATIVE_GATE
        return _lufs(float(heard[heard > _square(gate)].mean()))


def integrated_lufs(audio: Audio) -> float:
    """Integrated loudness of a 48 kHz sound; shorter than 0.4 s, as if silence followed it.

    Raises:
        ValueError: another sample rate.
    """
    if audio.rate_hz != RATE_HZ:
        raise ValueError(f"{audio.rate_hz} Hz: only {RATE_HZ} Hz is measured")
    meter = Meter(audio.n_frames // FRAMES_PER_MS)
    meter.add(0, energies(audio))
    return meter.lufs()


def _lufs(square: float) -> float:
    return _OFFSET + 10 * math.log10(square)


def _square(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))
