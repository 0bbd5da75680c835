"""Everybody who is heard in a session: its voice, voices of other languages, recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from voiceguide import cache
from voiceguide.model.audio import Audio, Utterance
from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import COUNTED, SpeechRole
from voiceguide.model.routine import Manner
from voiceguide.voice import clips, stretch
from voiceguide.voice.kept import Kept
from voiceguide.voice.recordings import Recordings
from voiceguide.voice.speaker import Speaker


@dataclass(slots=True)
class Cast:
    """Gives each phrase to whoever says it."""

    language: str
    """Of the session."""
    speaker_of: Callable[[str, Manner | None], Speaker]
    """Who speaks a language in a manner; raises `VoiceUnknown` where nobody speaks it."""
    recordings: Recordings
    manners: Mapping[SpeechRole, Manner] = field(default_factory=dict)
    """How the words of a role are said, where that is not the voice as it is."""
    _speakers: dict[tuple[str, Manner | None], Speaker] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The voice of the session, as the timeline tells it: `pyttsx3:en-us@150`."""
        return self._by(self.language, None).label

    def utterance(self, phrase: Phrase) -> Utterance | None:
        """What is known of the clip of a phrase; None where it has not been spoken yet."""
        if (recorded := self.recordings.utterance(phrase)) is not None:
            return recorded
        speaker = self._speaker(phrase)
        if (known := speaker.utterance(phrase.text)) is None:
            return None
        onset_ms = speaker.onset_ms(phrase.text) if phrase.role in COUNTED else None
        return replace(known, voice=self._voice(phrase), onset_ms=onset_ms)

    def estimate(self, phrase: Phrase) -> Utterance:
        """What the clip of a phrase will be like, without speaking it."""
        if (recorded := self.recordings.utterance(phrase)) is not None:
            return recorded
        guess = self._speaker(phrase).estimate(phrase.text)
        return replace(guess, voice=self._voice(phrase))

    def speak(
        self, phrases: Iterable[Phrase], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Make the clips that are missing, voice by voice; see `Speaker.speak`."""
        texts: dict[Speaker, list[str]] = {}
        for phrase in phrases:
            if self.recordings.find(phrase) is None:
                texts.setdefault(self._speaker(phrase), []).append(phrase.text)
        for speaker, wanted in texts.items():
            speaker.speak(wanted, progress)

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
        return self._by(phrase.language or self.language, self._manner(phrase))

    def _by(self, language: str, manner: Manner | None) -> Speaker:
        if (language, manner) not in self._speakers:
            self._speakers[language, manner] = self.speaker_of(language, manner)
        return self._speakers[language, manner]

    def _manner(self, phrase: Phrase) -> Manner | None:
        return None if phrase.role is None else self.manners.get(phrase.role)

    def _voice(self, phrase: Phrase) -> str | None:
        """The voice that the timeline tells of a cue: none where it is the session's own."""
        return None if self._manner(phrase) is None else self._speaker(phrase).label
