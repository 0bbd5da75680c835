"""Words and phrases of a text, replaced whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]"
"""What makes a word longer; kana and kanji are written without spaces, so they bound no word."""


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A text with whole words replaced, all at once, so that no replacement is replaced again.

    Args:
        text: any.
        pairs: (word or phrase, what takes its place); the longest goes first, and one that is
            written in lower case stands for every case.
    """
    longest_first = tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))
    if not longest_first:
        return text
    return _pattern(tuple(word for word, _ in longest_first)).sub(
        lambda match: longest_first[(match.lastindex or 1) - 1][1], text
    )


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, each in a group of its own."""
    groups = "|".join(
        f"({'(?i:' if word == word.lower() else '(?:'}{re.escape(word)}))" for word in words
    )
    return re.compile(rf"(?<!{_LETTER})(?:{groups})(?!{_LETTER})")
