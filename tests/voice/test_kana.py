from __future__ import annotations

import subprocess
import sys

import pytest

from voiceguide.model.errors import EngineMissing
from voiceguide.voice import languages, speakable
from voiceguide.voice.normalise import for_engine, version

READINGS = {
    "残り10秒です。": "ノコリジュービョーデス。",
    "次はヒップヒンジ、右側。": "ツギワヒップヒンジ、ミギガワ。",
    "各10回、3セット。": "カクジュッカイ、サンセット。",
    "20分間": "ニジュップンカン",
    "4セット中2セット目。": "ヨンセットチューニセットメ。",
    "2セット中1セット目。": "ニセットチューイチセットメ。",
    "第3ラウンド": "ダイサンラウンド",
    "左足を前へ": "ヒダリアシヲマエエ",
    "何回できる?": "ナンカイデキル?",
    "RDLを12回": "アールディーエルヲジューニカイ",
    "4周目": "ヨンシュウメ",
    "1歩前へ": "イッポマエエ",
    "自重スクワット": "ジジュースクワット",
    "肩甲骨を寄せる": "ケンコーコツヲヨセル",
    "足を大きく前に": "アシヲ オーキクマエニ",
    "お尻上げ": "オシリアゲ",
    "45秒間、姿勢を保ちます。": "ヨンジューゴビョーカン、シセーヲタモチマス。",
}


@pytest.mark.parametrize(("written", "read"), READINGS.items())
def test_kanji_particles_and_counters_are_read(written: str, read: str) -> None:
    pytest.importorskip("pyopenjtalk")
    assert for_engine(speakable(written, language="ja"), "ja-JP") == read


def test_a_changed_reading_is_spoken_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known = languages.load("ja")
    assert known is not None
    before = version("ja")
    monkeypatch.setitem(known.mended, "ヒダリ", "サ")  # type: ignore[arg-type]
    assert version("ja") != before


def test_the_reader_of_kanji_prints_nothing_and_needs_nothing_more() -> None:
    """With ONNX Runtime hidden it would ask for it on standard output."""
    pytest.importorskip("pyopenjtalk")
    program = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from voiceguide.voice.normalise import for_engine\n"
        "assert for_engine('何回', 'ja') == 'ナンカイ'"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.fixture
def _unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """No package that reads kanji."""
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)


@pytest.mark.usefixtures("_unread")
def test_only_what_is_spoken_with_kanji_needs_the_package() -> None:
    text = speakable("残り10秒", language="ja")
    assert text == "残り十秒"
    with pytest.raises(EngineMissing) as raised:
        for_engine(text, "ja")
    assert raised.value.hint == 'pip install "voiceguide[ja]"'


@pytest.mark.usefixtures("_unread")
@pytest.mark.parametrize("text", ["サン、ニ、イチ。", "すくわっと、じゅっかい。", ""])
def test_kana_need_no_package(text: str) -> None:
    assert for_engine(text, "ja") == text


@pytest.mark.parametrize("language", ["en", "de", "sv", "zh"])
def test_other_languages_are_given_as_they_are(language: str) -> None:
    assert for_engine("三 reps", language) == "三 reps"


def test_no_spaces_bound_a_word_that_is_pronounced_otherwise() -> None:
    pronounce = (("臀部", "お尻"), ("RDL", "デッドリフト"), ("尻", "ヒップ"))
    assert speakable("次は臀部、RDLを10回", pronounce, "ja") == "次はお尻、デッドリフトを十回"
    assert speakable("RDLS", pronounce, "ja") == "アールディーエルエス"
