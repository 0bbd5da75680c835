"""Who speaks: from what was asked for to one engine, one voice, one rate."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voiceguide import plugins
from voiceguide.model.errors import EngineMissing, SpeechError, UsageError, VoiceUnknown
from voiceguide.voice.contract import Engine, VoiceInfo

AUTO = "auto"
_BEST_FIRST = ("hibari", "piper", "pyttsx3")
"""By words a recogniser gets wrong in 30 cues: 0 %, 4 %, 11 %. Others come after, by name."""
_NEVER_BY_ITSELF = frozenset({"silent", "command"})
"""Asked for by name: one says nothing, the other runs a program."""

_ALL = "`voiceguide voices` lists them"

DEFAULT_RATE_WPM = 150
_RATES_WPM = range(80, 401)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who speaks in a session."""

    engine: Engine
    voice: VoiceInfo
    rate_wpm: int
    language: str

    @property
    def label(self) -> str:
        """As the timeline tells it: `pyttsx3:en-us@150`."""
        return f"{self.engine.name}:{self.voice.short}@{self.rate_wpm}"


def choose(engine: str | None, voice: str | None, language: str, rate: int | None) -> Choice:
    """The voice for a session.

    Args:
        engine: its name; None and `auto` are the best that is installed and speaks the language.
        voice: an id or the last part of one; narrows `auto` to the engines that have it. None is
            the engine's own choice for the language.
        language: BCP 47.
        rate: words a minute, 80 to 400; None is 150.

    Raises:
        EngineMissing: the engine asked for, or every engine, is not installed or broken.
        VoiceUnknown: no voice of that name; the hint names the nearest.
        UsageError: a rate out of range.
    """
    rate_wpm = DEFAULT_RATE_WPM if rate is None else rate
    if rate_wpm not in _RATES_WPM:
        raise UsageError(
            f"a rate of {rate_wpm} words a minute, expected {_RATES_WPM[0]} to {_RATES_WPM[-1]}",
            f"{DEFAULT_RATE_WPM} is easy to follow",
        )
    named = engine not in (None, AUTO)
    tried: list[Engine] = []
    for candidate in [_named(engine)] if engine and named else installed():
        tried.append(candidate)
        found = _offer(candidate, voice, language, strict=named)
        if found:
            return Choice(candidate, _usable(found), rate_wpm, language)
    if not tried:
        raise EngineMissing("there is no engine that speaks", "pip install pyttsx3")
    if voice:
        raise VoiceUnknown(f"there is no voice {voice!r}{_of(engine)}", _nearest(tried, voice))
    raise VoiceUnknown(f"no voice{_of(engine)} speaks {language!r}", _ALL)


def engine_names() -> tuple[str, ...]:
    """What may be asked for: `auto`, and every engine that is declared, installed or not."""
    return (AUTO, *(plugin.name for plugin in plugins.listed(plugins.ENGINES)))


def installed() -> Iterator[Engine]:
    """The engines that could speak here, the best first, each loaded as it is reached."""
    listed = {plugin.name: plugin for plugin in plugins.listed(plugins.ENGINES)}
    order = [name for name in _BEST_FIRST if name in listed]
    order += [name for name in listed if name not in _NEVER_BY_ITSELF.union(_BEST_FIRST)]
    for name in order:
        engine = _loaded(listed[name])
        if engine:
            yield engine


def voices(engine: str | None = None) -> tuple[VoiceInfo, ...]:
    """The voices of one engine, or of all that are installed.

    Raises:
        EngineMissing: the engine asked for is not there.
        SpeechError: it does not tell its voices.
    """
    if engine and engine != AUTO:
        return _named(engine).voices()
    return _known(installed())


def _loaded(plugin: plugins.Plugin) -> Engine | None:
    """None where it does not load, which `voiceguide doctor` tells."""
    try:
        engine: Engine = plugins.load(plugin)
    except (SpeechError, plugins.PluginFailed):
        return None
    return engine


def _named(name: str) -> Engine:
    listed = {plugin.name: plugin for plugin in plugins.listed(plugins.ENGINES)}
    if name not in listed:
        raise EngineMissing(f"there is no engine {name!r}", f"engines: {', '.join(listed)}")
    try:
        engine: Engine = plugins.load(listed[name])
    except plugins.PluginFailed as error:
        raise EngineMissing(f"the engine {name!r} does not load: {error}") from error
    return engine


def _offer(engine: Engine, voice: str | None, language: str, *, strict: bool) -> VoiceInfo | None:
    """The voice an engine has for this; one that breaks is passed over unless `strict`."""
    try:
        return _find(engine, voice) if voice else engine.default_voice(language)
    except SpeechError:
        if strict:
            raise
        return None


def _find(engine: Engine, name: str) -> VoiceInfo | None:
    wanted = name.lower()
    for call in ("id", "short", "name"):
        for voice in engine.voices():
            if getattr(voice, call).lower() == wanted:
                return voice
    return engine.voice_named(name)


def _usable(voice: VoiceInfo) -> VoiceInfo:
    if not voice.installed:
        raise EngineMissing(
            f"the voice {voice.id!r} of {voice.engine} is not on this machine",
            voice.hint or f"its data comes from {voice.engine} itself: see its documentation",
        )
    return voice


def _nearest(engines: Iterable[Engine], name: str) -> str:
    known = {voice.short.lower(): voice.short for voice in _known(engines)}
    near = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    return f"nearest: {', '.join(known[short] for short in near)}" if near else _ALL


def _known(engines: Iterable[Engine]) -> tuple[VoiceInfo, ...]:
    """The voices of all engines that tell theirs."""
    found: list[VoiceInfo] = []
    for engine in engines:
        with contextlib.suppress(SpeechError):
            found += engine.voices()
    return tuple(found)


def _of(engine: str | None) -> str:
    return f" of {engine}" if engine and engine != AUTO else ""
