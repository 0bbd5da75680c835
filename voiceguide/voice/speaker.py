"""One voice for a session: phrases in, clips out, each made once."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from voiceguide import cache
from voiceguide.model.audio import Audio, Utterance
from voiceguide.model.errors import SynthesisFailed
from voiceguide.model.units import frames_to_ms
from voiceguide.voice import clips, normalise, onset, stretch
from voiceguide.voice.choice import Choice
from voiceguide.voice.contract import SpeakRequest
from voiceguide.voice.estimate import estimate_ms
from voiceguide.voice.kept import Kept
from voiceguide.voice.languages import reference

TIMEOUT_S = 30.0
"""For one phrase: a slow machine takes 5 s to load a model and 2 s for the longest sentence."""

_TRIES = 3
_LEAST_OF_ESTIMATE = 0.2
"""A clip shorter than this part of its estimate has lost its words; the shortest true ones
("six") have 0.6 of theirs."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What is remembered of a clip."""

    length_ms: int
    digest: str


class Speaker:
    """The voice of a session and the clips it has made.

    Args:
        choice: who speaks.
        loudness: gives the integrated loudness of a sound in LUFS, after BS.1770.
        cache_dir: folder of the clips; the user's own where None.
        pronounce: what is said in place of a word or phrase.
        pitch: semitones above the voice's own.
        volume_db: above the level of all voices.
        timeout_s: for one phrase.
    """

    def __init__(
        self,
        choice: Choice,
        *,
        loudness: Callable[[Audio], float],
        cache_dir: Path | None = None,
        pronounce: tuple[tuple[str, str], ...] = (),
        pitch: float = 0.0,
        volume_db: float = 0.0,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._choice = choice
        self._pitch, self._volume_db = pitch, volume_db
        self._loudness = loudness
        self._cache = cache.Cache(cache_dir)
        self._pronounce = pronounce
        self._timeout_s = timeout_s
        self._identity = (
            choice.engine.name,
            choice.engine.version,
            choice.engine.fingerprint(choice.voice),
            choice.voice.id,
            choice.rate_wpm,
            choice.language,
            normalise.version(choice.language),
            clips.VERSION,
            *((pitch, volume_db, stretch.VERSION) if pitch or volume_db else ()),
        )
        self._spoken: dict[str, str] = {}
        self._made: dict[str, _Made] = {}
        self._onsets: dict[str, int] = {}
        self._kept: dict[str, bytes] = {}
        """What the cache does not take."""

    @property
    def label(self) -> str:
        """As the timeline tells it: `pyttsx3:en-us@150`, `pyttsx3:en-us@130 -2 st -3 dB`."""
        changes = ((self._pitch, "st"), (self._volume_db, "dB"))
        told = [f"{by:+g} {unit}" for by, unit in changes if by]
        return " ".join([self._choice.label, *told])

    def utterance(self, text: str) -> Utterance | None:
        """What is known of the clip of a text; None where it has not been spoken yet."""
        spoken = self._speakable(text)
        made = self._look_up(spoken)
        return Utterance(self._for_engine(spoken), made.length_ms) if made else None

    def onset_ms(self, text: str) -> int:
        """From the start of a clip that has been spoken to its stressed syllable."""
        spoken = self._speakable(text)
        if spoken not in self._onsets:
            body = self._read(spoken)
            self._onsets[spoken] = 0 if body is None else onset.onset_ms(body, self._cache)
        return self._onsets[spoken]

    def estimate(self, text: str) -> Utterance:
        """What the clip of a text will be like, without speaking it."""
        spoken = self._speakable(text)
        if not spoken:
            return Utterance(spoken, frames_to_ms(clips.EMPTY.n_frames))
        return Utterance(spoken, self._estimate_ms(spoken))

    def speak(
        self, texts: Iterable[str], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Make the clips that are missing, in one batch.

        Args:
            texts: as written; the same text may come more than once.
            progress: is told how many clips, of how many, are made.

        Raises:
            SynthesisFailed: the engine gave no usable sound for a phrase, after trying again.
        """
        wanted = dict.fromkeys(self._speakable(text) for text in texts)
        missing = [spoken for spoken in wanted if not self._look_up(spoken)]
        total = len(missing)
        for _ in range(_TRIES):
            if not missing:
                return
            for spoken in self._batch(tuple(missing)):
                missing.remove(spoken)
                if progress:
                    progress(total - len(missing), total)
        if missing:
            raise SynthesisFailed(
                f"{self.label} gives no sound for {missing[0]!r}",
                "write it in other words, give it a `pronounce`, or take another `--engine`",
            )

    def clip(self, text: str, speed: float = 1.0) -> Audio:
        """The clip of a text, 48 kHz mono, spoken now if need be.

        Never longer than the `length_ms` of its utterance divided by the speed, rounded up.

        Args:
            text: as written.
            speed: 1 to 1.15; faster is shorter at the same pitch.

        Raises:
            SynthesisFailed: see `speak`.
            ValueError: a speed out of range.
        """
        spoken = self._speakable(text)
        promised = self._look_up(spoken)
        body = self._read(spoken)
        if body is None:  # never spoken, or damaged since
            self._made.pop(spoken, None)
            self.speak([text])
            body = self._read(spoken)
        made = promised or self._look_up(spoken)
        assert body is not None
        assert made is not None
        self._made[spoken] = replace(_made(body), length_ms=made.length_ms)
        return clips.at_speed(body, made.length_ms, speed)

    def kept(self, text: str) -> Kept:
        """Where the clip of a text is kept; it is made if need be.

        Raises:
            SynthesisFailed: see `speak`.
        """
        self.speak([text])
        spoken = self._speakable(text)
        made = self._look_up(spoken)
        assert made is not None
        return Kept(self._name(spoken) if spoken else "", made.digest, made.length_ms)

    def _speakable(self, text: str) -> str:
        if text not in self._spoken:
            self._spoken[text] = normalise.speakable(text, self._pronounce, self._choice.language)
        return self._spoken[text]

    def _for_engine(self, spoken: str) -> str:
        """What the engine gets for a speakable text; one that speaks nothing reads nothing."""
        if self._choice.engine.finished:
            return spoken
        return normalise.for_engine(spoken, self._choice.language)

    def _estimate_ms(self, spoken: str) -> int:
        return estimate_ms(spoken, self._choice.rate_wpm, self._choice.language)

    def _batch(self, missing: tuple[str, ...]) -> Iterator[str]:
        """Speak each; gives those whose clip is plausible, as soon as it is kept."""
        choice, gain_db = self._choice, self._gain_db()
        texts = missing if gain_db is not None else (reference(choice.language), *missing)
        requests = [
            SpeakRequest(self._for_engine(text), choice.voice.id, choice.rate_wpm, choice.language)
            for text in texts
        ]
        with closing(choice.engine.speak(requests, self._timeout_s)) as sounds:
            for text, raw in zip(texts, sounds, strict=True):
                sound = raw if choice.engine.finished else clips.prepared(raw, self._pitch)
                if gain_db is None:
                    if not self._plausible(text, sound):
                        return
                    gain_db = clips.level_gain_db(self._loudness(sound))
                    self._write(("gain",), struct.pack("<d", gain_db))
                    continue
                if not choice.engine.finished:
                    sound = clips.louder(clips.finished(sound, gain_db), self._volume_db)
                if self._plausible(text, sound):
                    self._write(text, clips.to_bytes(sound))
                    yield text

    def _gain_db(self) -> float | None:
        """The gain of the voice; None where it has not been measured yet."""
        if self._choice.engine.finished:
            return 0.0
        body = self._read(("gain",))
        return float(struct.unpack("<d", body)[0]) if body else None

    def _plausible(self, spoken: str, sound: Audio) -> bool:
        least_ms = _LEAST_OF_ESTIMATE * self._estimate_ms(spoken)
        return self._choice.engine.finished or frames_to_ms(sound.n_frames) > least_ms

    def _look_up(self, spoken: str) -> _Made | None:
        if spoken not in self._made:
            body = self._read(spoken)
            if body is None:
                return None
            self._made[spoken] = _made(body)
        return self._made[spoken]

    def _name(self, what: str | tuple[str]) -> str:
        return cache.key(self._identity, what)

    def _read(self, what: str | tuple[str]) -> bytes | None:
        """The bytes of a clip by its spoken text, or of whatever else belongs to the voice."""
        if not what:
            return clips.to_bytes(clips.EMPTY)
        name = self._name(what)
        return self._kept.get(name) or self._cache.load(name)

    def _write(self, what: str | tuple[str], body: bytes) -> None:
        name = self._name(what)
        if not self._cache.store(name, body):
            self._kept[name] = body


def _made(body: bytes) -> _Made:
    return _Made(frames_to_ms(clips.n_frames(body)), cache.digest(body))
