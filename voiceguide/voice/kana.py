"""Japanese in kana, as engines need it, by the package pyopenjtalk-plus."""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import importlib.util
import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from voiceguide.model.errors import EngineMissing

_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff々]")
_HIRAGANA = re.compile("[\u3040-\u309f]")
_PACKAGE = "pyopenjtalk"
_DISTRIBUTION = "pyopenjtalk-plus"


def read(text: str, mended: Mapping[str, str]) -> str:
    """A text in kana as it is pronounced: kanji read, particles as they sound, pauses kept.

    Katakana alone stays as it is. Hiragana alone does where the package is not installed.

    Args:
        text: Japanese without figures.
        mended: what the package gets wrong, and what is right.

    Raises:
        EngineMissing: the text has kanji, and the package is not installed.
    """
    kanji = _KANJI.search(text)
    if not kanji and not (_HIRAGANA.search(text) and _installed()):
        return text
    if not _installed():
        raise EngineMissing(
            "Japanese is spoken from kana, and the package that reads kanji is not installed",
            'pip install "voiceguide[ja]"',
        )
    said = unicodedata.normalize("NFKC", _reader()(text))
    for wrong, right in mended.items():
        said = said.replace(wrong, right)
    return said


def version() -> str:
    """Of the package that reads kanji; empty where it is not installed."""
    return importlib.metadata.version(_DISTRIBUTION) if _installed() else ""


def _installed() -> bool:
    return importlib.util.find_spec(_PACKAGE) is not None


@functools.cache
def _reader() -> Callable[[str], str]:
    # At its import it prints that a model for the one word 何 needs ONNX Runtime. We do without
    # that model and the second dictionary: neither changes a reading in our cues.
    with contextlib.redirect_stdout(io.StringIO()):
        import pyopenjtalk  # noqa: PLC0415 - 0.3 s, and an extra

    g2p: Any = pyopenjtalk.g2p
    return functools.partial(g2p, kana=True, predict_nani=False, use_sudachi_kanji_yomi=False)
