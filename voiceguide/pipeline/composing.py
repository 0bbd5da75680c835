"""Wishes -> the text of a script: the composer with library, words and lengths of speech."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide import coach, compose, library
from voiceguide.compose import Composed, Impossible, Nearby, Texts, Wishes
from voiceguide.voice import estimate_ms, speakable
from voiceguide.voice.choice import DEFAULT_RATE_WPM


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes in one language."""

    language: str = "en"
    title: str | None = None
    """In place of one that tells areas and length."""

    def compose(self, wishes: Wishes, *, quickly: bool = False) -> Composed:
        """The session of these wishes.

        Args:
            wishes: what it is to be like.
            quickly: give wishes up early that may just be possible.

        Raises:
            Impossible: there is none.
        """
        shelf, texts = library.load(self.language), self._texts(wishes)
        return compose.compose(wishes, library.load(), shelf, texts, self._told_ms, quickly=quickly)

    def write(self, session: Composed) -> str:
        """The script of a session."""
        return compose.write(session, self._texts(session.wishes), self.language, self.title)

    def nearby(self, wishes: Wishes) -> Nearby:
        """What would make wishes possible that are not."""
        return compose.nearby(
            wishes, library.load(), library.load(self.language), self._is_possible
        )

    def _is_possible(self, wishes: Wishes) -> bool:
        try:
            self.compose(wishes, quickly=True)  # many are asked for
        except Impossible:
            return False
        return True

    def _texts(self, wishes: Wishes) -> Texts:
        return compose.texts(wishes, self.language, coach.load(self.language).note, self.title)

    def _told_ms(self, text: str) -> int:
        spoken = speakable(text, (), self.language)
        return estimate_ms(spoken, DEFAULT_RATE_WPM, self.language)
