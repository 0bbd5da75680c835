"""Text as an engine reads it well: no figures, no signs, no emoji."""

from __future__ import annotations

import re
import unicodedata

from voiceguide.voice import english

VERSION = 1
"""Counts up when a text comes out differently."""

_RULES = {"en": english.RULES}
"""By primary language; a language without rules keeps its figures, which its voices read."""

_TRANSLATED = str.maketrans("’‘´“”−‐‑–×", "'''\"\"----x")  # noqa: RUF001 - typed for one another
_WRITTEN_OUT = {
    "—": ", ", "…": "...", "℃": "°C", "℉": "°F", "²": " squared", "³": " cubed", "№": "No. ",
}  # fmt: skip
_KEPT = frozenset("°½¼¾⅓⅔")
"""Have rules of their own, though Unicode decomposes them or counts them as symbols."""
_DROPPED = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn", "Me"})
"""Categories of emoji, skin tones, joiners, controls and private use."""
_MARKUP = re.compile(r"[\[\]{}|*_\\^`\"]")
"""Markdown, quotes, and what espeak would take for phonemes: `[[`."""
_START = "\ue000"
"""Marks, in passing, a sentence that is written with a figure or sign in front."""


def speakable(text: str, pronounce: tuple[tuple[str, str], ...] = (), language: str = "en") -> str:
    """What an engine is given for a text; empty where nothing in it can be spoken.

    Args:
        text: as written in a script or phrase book, placeholders filled in.
        pronounce: (word or phrase, what is said in its place), whole words only; one that is
            written in lower case stands for every case.
        language: BCP 47.
    """
    text = _plain(_replaced(unicodedata.normalize("NFC", text), pronounce))
    rules = _RULES.get(language.lower().split("-")[0], ())
    if rules:
        text = re.sub(r"(^|[.!?]\s+)(?=[^\w\s]?\s?[\d½¼¾⅓⅔])", rf"\1{_START}", text)
        for pattern, put in rules:
            text = pattern.sub(put, text)
        text = re.sub(rf"{_START}(\W*\w)", lambda match: match[1].upper(), text)
    text = _tidy(text)
    return text if any(character.isalnum() for character in text) else ""


def _replaced(text: str, pronounce: tuple[tuple[str, str], ...]) -> str:
    """All at once, the longest first, so that no replacement is replaced again."""
    if not pronounce:
        return text
    longest_first = sorted(pronounce, key=lambda pair: len(pair[0]), reverse=True)
    words = "|".join(
        f"({'(?i:' if word == word.lower() else '(?:'}{re.escape(word)}))"
        for word, _ in longest_first
    )
    said = tuple(replacement for _, replacement in longest_first)
    return re.sub(
        rf"(?<!\w)(?:{words})(?!\w)", lambda match: said[(match.lastindex or 1) - 1], text
    )


def _plain(text: str) -> str:
    """Without emoji, controls and markup; the typist's variants of a character made one."""
    kept = []
    for character in _spaced(text).translate(_TRANSLATED):
        category = unicodedata.category(character)
        if character in _KEPT or character in _WRITTEN_OUT:
            kept.append(_WRITTEN_OUT.get(character, character))
        elif category in _DROPPED or character == "\ufe0f":
            kept.append(" " if category == "So" else "")
        elif category == "Nd":
            kept.append(str(unicodedata.digit(character)))
        else:
            kept.append(unicodedata.normalize("NFKC", character))
    # NFKC writes fractions with a slash of their own
    joined = unicodedata.normalize("NFC", "".join(kept)).replace("\N{FRACTION SLASH}", "/")
    return _MARKUP.sub(" ", joined).strip()


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _tidy(text: str) -> str:
    text = re.sub(r"\s+-+\s+", ", ", _spaced(text))
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    return re.sub(r"([,;:])(?:[,;:])+", r"\1", text).strip(" ,;:-/")
