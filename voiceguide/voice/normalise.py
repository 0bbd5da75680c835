"""Text as an engine reads it well: no figures, no signs, no emoji."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from voiceguide.voice import kana, languages
from voiceguide.voice.rules import Reader
from voiceguide.voice.words import replaced

VERSION = 2
"""Counts up when a text comes out differently."""

_TRANSLATED = str.maketrans("’‘´′“”″−‐‑–×〜№", "''''\"\"\"----x~#")  # noqa: RUF001 - typed for one another
_WRITTEN_OUT = {"—": ", ", "…": "...", "℃": "°C", "℉": "°F"}
_KEPT = frozenset("°ºª½¼¾⅓⅔²³")
"""Have rules of their own, though Unicode decomposes them or counts them as symbols."""
_DROPPED = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn", "Me"})
"""Categories of emoji, skin tones, joiners, controls and private use."""
_MARKUP = re.compile(r"[\[\]{}|*_\\^`«»「」『』【】]")
"""Markdown, quotes, and what espeak would take for phonemes: `[[`."""
_QUOTE = re.compile(r'(?<!\d)"')
"""A quotation mark; behind a figure, in a text that quotes nothing, it stands for seconds."""
_MANY = 65_536
"""Texts whose reading is remembered: a coach says much the same in every session."""


@lru_cache(_MANY)
def speakable(text: str, pronounce: tuple[tuple[str, str], ...] = (), language: str = "en") -> str:
    """What is said of a text, in words; empty where nothing in it can be spoken.

    Japanese keeps its kanji, so that a length can be told without the package that reads them.

    Args:
        text: as written in a script or phrase book, placeholders filled in.
        pronounce: (word or phrase, what is said in its place), whole words only; one that is
            written in lower case stands for every case.
        language: BCP 47; one we have no rules for keeps its figures, which its voices read.
    """
    text = _plain(replaced(unicodedata.normalize("NFC", text), pronounce))
    reader = _reader(language)
    if reader:
        text = reader.read(text)
    text = _tidy(text, spaced=reader is None or reader.spaced)
    return text if any(character.isalnum() for character in text) else ""


def for_engine(spoken: str, language: str) -> str:
    """What an engine is given for a speakable text: in Japanese kana, in all others the text.

    Raises:
        EngineMissing: Japanese with kanji, and the package that reads them is not installed.
    """
    known = languages.load(language)
    return kana.read(spoken, known.mended) if known and known.kana else spoken


def version(language: str) -> str:
    """What decides how a text comes out for an engine: our rules, and how kanji are read."""
    known = languages.load(language)
    if known is None or not known.kana:
        return str(VERSION)
    return f"{VERSION} {kana.version()} {sorted(known.mended.items())}"


@cache
def _reader(language: str) -> Reader | None:
    known = languages.load(language)
    return Reader(known) if known else None


def _plain(text: str) -> str:
    """Without emoji, controls and markup; the typist's variants of a character made one."""
    kept = map(_kept, _spaced(text).translate(_TRANSLATED))
    # NFKC writes fractions with a slash of their own
    joined = unicodedata.normalize("NFC", "".join(kept)).replace("\N{FRACTION SLASH}", "/")
    if _QUOTE.search(joined):
        joined = joined.replace('"', " ")
    return _MARKUP.sub(" ", joined).strip()


@cache
def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character in _KEPT or character in _WRITTEN_OUT:
        return _WRITTEN_OUT.get(character, character)
    if category in _DROPPED or character == "\ufe0f":
        return " " if category == "So" else ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return unicodedata.normalize("NFKC", character)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _tidy(text: str, *, spaced: bool) -> str:
    text = re.sub(r"\s+-+\s+", ", ", _spaced(text.replace('"', " ")))
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"([,;:])(?:[,;:])+", r"\1", text).strip(" ,;:-/")
    return text if spaced else text.replace(" ", "")
