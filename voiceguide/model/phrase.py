"""Words that are said: the text, the language it is in, and who has recorded it."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.model.roles import SpeechRole


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that is said, whoever says it."""

    text: str
    language: str | None = None
    """BCP 47; None is the language of the session."""
    file: str | None = None
    """A recording of these words, as the script names it."""
    role: SpeechRole | None = None
    """What it is said for; decides who says it, and how."""
