# What a contributor runs; CONTRIBUTING.md says when. `.ci/run` runs everything, in an environment of its own.
SHELL := bash
.PHONY: quick check lowest

quick:  ## Everything that needs no terminal, no other process and no long run: under half a minute
	.venv/bin/pytest -q -m "not pty and not process and not slow"

check:  ## What reads the code without running it
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/dbtcoach exercises check

lowest:  ## The quick tests with the lowest version of each dependency that pyproject.toml allows
	python3 -m venv .venv-lowest
	.venv-lowest/bin/pip install -q -e '.[test]' -c <(python3 .ci/lowest.py)
	.venv-lowest/bin/pytest -q -m "not pty and not process and not slow"
