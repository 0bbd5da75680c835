# What CI runs, and the small tasks beside it. `just` alone lists them.

default:
    @just --list

# Everything CI runs, in fresh environments.
check:
    .ci/run

# The quick look before a commit.
quick:
    ruff check
    ruff format --check
    mypy
    pytest

# What a neural recogniser hears of 30 cues, in a fresh environment; figures of each engine.
heard:
    .ci/heard

# Rewrite golden files and generated docs; look at the diff.
golden:
    pytest --update-golden -m "" tests/cli tests/test_docs.py tests/test_cookbook.py tests/test_sessions.py tests/test_transcripts.py

# Make the sounds of sounds/ again.
sounds:
    python sounds/make.py

# Render what ships, to listen to.
demo:
    voiceguide render run-warmup upper-glutes-10 first-steps -o output/

# Against the plain way and the floor.
bench:
    python benchmarks/render.py
    python benchmarks/first_sound.py
    python benchmarks/scaling.py
    python benchmarks/talk.py
    python benchmarks/compose.py
    python benchmarks/verify.py
