"""Everybody who is heard in a session: its voice, voices of other languages, recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from voiceguide.model.audio import Audio, Utterance
from voiceguide.model.phrase import Phrase
from voiceguide.voice import cache, clips, stretch
from voiceguide.voice.kept import Kept
from voiceguide.voice.recordings import Recordings
from voiceguide.voice.speaker import Speaker


@dataclass(slots=True)
class Cast:
    """Gives each phrase to whoever says it."""

    language: str
    """Of the session."""
    speaker_of: Callable[[str], Speaker]
    """The voice of a language; raises `VoiceUnknown` where nobody speaks it."""
    recordings: Recordings
    _speakers: dict[str, Speaker] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The voice of the session, as the timeline tells it: `pyttsx3:en-us@150`."""
        return self._speaker(Phrase("")).label

    def utterance(self, phrase: Phrase) -> Utterance | None:
        """What is known of the clip of a phrase; None where it has not been spoken yet."""
        return self.recordings.utterance(phrase) or self._speaker(phrase).utterance(phrase.text)

    def estimate(self, phrase: Phrase) -> Utterance:
        """What the clip of a phrase will be like, without speaking it."""
        return self.recordings.utterance(phrase) or self._speaker(phrase).estimate(phrase.text)

    def speak(
        self, phrases: Iterable[Phrase], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Make the clips that are missing, voice by voice; see `Speaker.speak`."""
        texts: dict[str, list[str]] = {}
        for phrase in phrases:
            if self.recordings.find(phrase) is None:
                texts.setdefault(phrase.language or self.language, []).append(phrase.text)
        for language, wanted in texts.items():
            self._speaker(Phrase("", language)).speak(wanted, progress)

    def clip(self, phrase: Phrase, speed: float = 1.0) -> Audio:
        """The clip of a phrase, 48 kHz mono, never longer than was told of it."""
        file = self.recordings.find(phrase)
        if file is None:
            return self._speaker(phrase).clip(phrase.text, speed)
        recorded = self.recordings.recorded(file)
        return clips.at_speed(recorded.body, recorded.length_ms, speed)

    def kept(self, phrase: Phrase) -> Kept:
        """Where the clip of a phrase is kept; it is made if need be."""
        file = self.recordings.find(phrase)
        if file is None:
            return self._speaker(phrase).kept(phrase.text)
        recorded = self.recordings.recorded(file)
        return Kept(recorded.name, cache.digest(recorded.body), recorded.length_ms)

    def clip_key(self, phrase: Phrase, speed: float = 1.0) -> str:
        """A hash of the sound that `clip` gives."""
        return cache.key(self.kept(phrase), speed, stretch.VERSION)

    def _speaker(self, phrase: Phrase) -> Speaker:
        language = phrase.language or self.language
        if language not in self._speakers:
            self._speakers[language] = self.speaker_of(language)
        return self._speakers[language]
