"""A routine that is dumped and read again is the same routine."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from typing import Any, get_args

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from voiceguide.model import routine as model
from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import SpeechRole
from voiceguide.model.template import NUMBERS, PLACEHOLDERS, is_side
from voiceguide.script import dump, read
from voiceguide.script.shapes import HEADER, INSIDE, STEPS

letters = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="{}\u2028\u2029"
)
texts = (
    st.text(letters | st.sampled_from("\n\t:#-'\"\\ "), min_size=1, max_size=30)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(str.strip)
) | st.sampled_from(["no", "true", "~", "null", "010", "1:30", "2026-01-01", "{side}: go", "- a"])
said = st.builds(Phrase, texts) | st.builds(
    Phrase, texts, st.none() | st.sampled_from(["en", "de-AT"]), st.none() | texts
)
variables = st.sampled_from(sorted(NUMBERS)).map(model.Variable)
ms = st.integers(1, 43_200_000) | st.integers(1, 3_600).map(lambda s: s * 1_000)
pauses = ms | st.just(0)
lengths, pause_lengths = ms | variables, pauses | variables
counts = st.integers(1, 1_000)
ranges = st.tuples(st.integers(1, 500), st.integers(501, 1_000)).map(lambda r: model.Range(*r))
reps = counts | ranges | variables
tempos = st.from_regex(r"[1-9](\.5)?-[0-9]-[0-9X]-[0-9]", fullmatch=True)
spans = st.tuples(pauses, pauses).map(lambda pair: tuple(sorted(pair)))
levels = st.integers(1, 3) | st.sampled_from(["weighted", "single-leg"])
words = {name: st.sampled_from(get_args(getattr(model, name))) for name in
         ("Sides", "Order", "Talk", "Starts")}  # fmt: skip


def some(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these keys, each with a value."""
    return st.fixed_dictionaries({}, optional=strategies)


coaches = some(
    talk=words["Talk"],
    countdown=st.integers(0, 10),
    countdown_voice=st.booleans(),
    starts=st.booleans(),
    count_reps=counts | st.sampled_from(["all", "none"]),
    halfway=st.booleans(),
    tips=st.booleans(),
    praise=st.booleans(),
    remaining=st.lists(ms, max_size=3).map(tuple),
    wake=st.booleans() | st.integers(2, 2_000),
    earcon=st.booleans(),
).map(lambda keys: model.Coach(**keys))
voices = some(
    engine=texts,
    name=texts,
    rate=st.integers(80, 400),
    pitch=st.integers(-8, 8).map(lambda half: half / 2),
    volume=st.integers(-40, 12).map(lambda half: half / 2),
    pronounce=st.dictionaries(texts, texts, min_size=1, max_size=3).map(lambda d: tuple(d.items())),
).map(lambda keys: model.Voice(**keys))
manners = some(
    voice=st.sampled_from(["voice", "voice2"]),
    rate=st.integers(80, 400),
    pitch=st.integers(-8, 8).map(lambda half: half / 2),
    volume=st.integers(-40, 12).map(lambda half: half / 2),
).map(lambda keys: model.Manner(**keys))
roles = some(**dict.fromkeys(get_args(SpeechRole), manners)).map(
    lambda by_role: tuple((role, by_role[role]) for role in get_args(SpeechRole) if role in by_role)
)
paces: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}), ms.map(lambda pace: {"pace": pace}), tempos.map(lambda tempo: {"tempo": tempo})
)
shared = {
    "rest_label": texts,
    "rest_range": spans,
    "sides": words["Sides"],
    "order": words["Order"],
    "level": levels,
}
defaults = st.tuples(
    paces,
    some(
        rest=pauses,
        switch=pauses,
        release=pauses,
        sets=counts,
        prepare=pauses | st.just("auto"),
        **shared,
    ),
).map(lambda pair: model.Defaults(**pair[0], **pair[1]))
cues = st.lists(
    st.builds(
        model.TimedCue,
        at=st.just("half") | pauses | ms.map(lambda at: -at),
        say=said,
        sound=st.none() | texts,
    )
    | st.builds(model.TimedCue, at=ms, sound=texts),
    max_size=2,
).map(tuple)
amounts = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"duration": lengths | st.tuples(lengths, lengths)}),
    st.fixed_dictionaries({"duration": lengths, "distance": texts}),
    st.fixed_dictionaries(
        {"hold": lengths | st.tuples(lengths, lengths)},
        optional={"reps": reps, "release": pause_lengths},
    ),
    st.tuples(
        paces,
        st.fixed_dictionaries(
            {"reps": reps | st.tuples(reps, reps, reps)},
            optional={"unit": texts, "target": texts | st.tuples(texts, texts, texts)},
        ),
    ).map(lambda pair: {**pair[0], **pair[1]}),
    st.fixed_dictionaries({"pace": st.just("own"), "estimate": lengths, "distance": texts}),
)


def _agree(keys: dict[str, Any]) -> dict[str, Any]:
    """Without what contradicts lists of another length."""
    if any(isinstance(keys.get(key), tuple) for key in ("duration", "hold", "reps", "target")):
        keys.pop("sets", None)
    return keys


exercises = st.tuples(
    amounts,
    some(
        starts=words["Starts"],
        sets=counts | variables,
        rest=pause_lengths,
        switch=pause_lengths,
        prepare=pause_lengths | st.just("auto"),
        say=said,
        cues=cues,
        **shared,
    ),
    texts,
).map(lambda t: model.Exercise(exercise=t[2], **_agree({**t[0], **t[1]})))
leaves = st.one_of(
    exercises,
    st.builds(
        model.Rest,
        rest=pause_lengths,
        label=st.none() | texts,
        say=st.none() | said,
        rest_range=st.none() | spans,
    ),
    st.builds(model.Say, say=said, within=st.none() | lengths),
    st.builds(model.Sound, sound=texts),
    st.builds(model.Wait, wait=texts, estimate=st.none() | lengths),
)


def _may_be_optional(steps: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda step, optional: replace(step, optional=optional), steps, st.booleans())


def _containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    steps = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(
            model.Block,
            block=texts,
            steps=steps,
            coach=st.none() | coaches,
            defaults=st.none() | defaults,
        ),
        st.builds(
            model.Repeat,
            repeat=counts | variables,
            steps=steps,
            rest=st.none() | pause_lengths,
            rest_label=st.none() | texts,
        ),
        st.builds(model.Every, every=lengths, steps=steps, rounds=st.none() | counts),
        amraps,
    )


told = st.tuples(amounts, some(sets=counts, sides=words["Sides"], level=levels), texts).map(
    lambda t: model.Exercise(exercise=t[2], **_agree({**t[0], **t[1]}))
) | st.builds(model.Rest, rest=pause_lengths, label=st.none() | texts)
amraps = st.builds(
    model.Amrap,
    amrap=lengths,
    steps=st.lists(told, min_size=1, max_size=3).map(tuple),
    prepare=st.none() | pause_lengths | st.just("auto"),
)


names = st.from_regex(r"[a-z_][a-z0-9_]{0,9}", fullmatch=True).filter(
    lambda name: name not in PLACEHOLDERS and not is_side(name)
)


def _included(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        model.Include,
        include=texts.map(lambda text: f"{text}.yaml"),
        with_=st.dictionaries(names, texts, max_size=2).map(lambda d: tuple(d.items())),
        defaults=st.none() | defaults.filter(lambda each: each != model.Defaults()),
        steps=st.lists(inner, min_size=1, max_size=2).map(tuple),
    )


written: dict[str, st.SearchStrategy[str]] = {
    "number": st.integers(-9, 999).map(str) | st.just("010"),
    "duration": st.sampled_from(["40s", "1m30s", "2 min", "1:02:30"]),
    "boolean": st.sampled_from(["true", "false", "True", "FALSE"]),
    "text": texts | st.sampled_from(["3", "40s", "true", "2.5", "yes", "Anna"]),
}
declared = st.dictionaries(
    names,
    st.sampled_from(sorted(written)).flatmap(lambda kind: st.tuples(st.just(kind), written[kind])),
    max_size=3,
).map(
    lambda d: tuple(
        model.Declared(name=name, type=kind, default=default)  # type: ignore[arg-type]
        for name, (kind, default) in d.items()
    )
)
routines = st.builds(
    model.Routine,
    variables=declared,
    title=texts,
    description=st.none() | texts,
    language=st.sampled_from(["en", "en-GB", "de", "pt-BR", "ja"]),
    phrases=st.none() | texts,
    recordings=st.none() | texts,
    level=st.none() | levels,
    fit=st.none() | ms,
    rest_range=st.none() | spans,
    voice=voices,
    voice2=st.none() | voices,
    roles=roles,
    coach=coaches,
    defaults=defaults,
    steps=st.lists(
        st.recursive(
            _may_be_optional(leaves),
            lambda inner: _may_be_optional(_containers(inner) | _included(inner)),
            max_leaves=4,
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


class Dumped:
    """The files that a routine includes, each dumped as a script of its own."""

    def __init__(self, routine: model.Routine) -> None:
        self.scripts: dict[str, str] = {}
        self.add(routine.steps)

    def add(self, steps: tuple[model.Step, ...]) -> None:
        for step in steps:
            if isinstance(step, model.Include):
                inner = model.Routine(
                    title="Part", defaults=step.defaults or model.Defaults(), steps=step.steps
                )
                # Two that are called alike would be one.
                assume(self.scripts.setdefault(step.include, dump(inner)) == dump(inner))
            self.add(getattr(step, "steps", ()))

    def script(self, name: str, beside: str) -> tuple[str, bytes]:
        del beside
        return name, self.scripts[name].encode()

    def name(self, name: str, beside: str) -> str:
        del beside
        return name


@given(routines)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_what_was_dumped_gives_the_same_routine(routine: model.Routine) -> None:
    script = read(dump(routine), "dumped", files=Dumped(routine))
    assert script.faults == ()
    assert script.routine == routine


def test_a_dumped_script_looks_as_people_write_it() -> None:
    routine = model.Routine(
        title="Legs: day 1",
        coach=model.Coach(count_reps=3, remaining=(10_000,)),
        steps=(
            model.Repeat(
                repeat=2,
                steps=(
                    model.Exercise(
                        exercise="squat",
                        reps=(model.Range(10, 12), 8),
                        tempo="2-1-1-0",
                        cues=(model.TimedCue(at=-90_500, say=Phrase("no rush")),),
                    ),
                ),
                rest=90_000,
            ),
        ),
    )
    assert dump(routine) == (
        "voiceguide: 1\n"
        "title: 'Legs: day 1'\n"
        "coach:\n"
        "  count_reps: last-3\n"
        "  remaining: [10s]\n"
        "steps:\n"
        "- repeat: 2\n"
        "  rest: 1m30s\n"
        "  steps:\n"
        "  - exercise: squat\n"
        "    reps: [10-12, 8]\n"
        "    tempo: 2-1-1-0\n"
        "    cues:\n"
        "    - at: -1m30.5s\n"
        "      say: no rush\n"
    )


def test_each_field_of_the_model_has_a_key_and_each_key_a_field() -> None:
    classes = {
        HEADER: model.Routine,
        **{shape: getattr(model, kind.title()) for kind, shape in STEPS.items()},
        INSIDE["voice"]: model.Voice,
        INSIDE["coach"]: model.Coach,
        INSIDE["defaults"]: model.Defaults,
        INSIDE["cues"]: model.TimedCue,
        INSIDE["tip"]: model.Manner,
    }
    for shape, of_model in classes.items():
        keys = set(shape.__annotations__) - {"voiceguide"}
        of_fields = {field.name.rstrip("_") for field in fields(of_model)}
        elsewhere = {"origin", "defaults"} if of_model is model.Include else set()
        assert keys == of_fields - {"line", "path", "steps"} - elsewhere
