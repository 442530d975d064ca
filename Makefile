# Everything a person types. Each target sets itself up from a bare clone: it needs Python 3.11 or newer, and make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: run test check bench chaos docs pictures

run: $(READY)
	@$(BIN)/python -m bot

test: $(READY)
	@$(BIN)/python -m pytest -n 2

check: $(READY)
	@$(BIN)/ruff format --check bot catalogue tests
	@$(BIN)/ruff check bot catalogue tests
	@$(BIN)/mypy

bench: $(READY)
	@$(BIN)/python -m tests.bench

# One seed again: make chaos ARGS="--seed 6"; hostile payloads: make chaos ARGS="hostile --payloads 100000"
chaos: $(READY)
	@$(BIN)/python -m tests.chaos $(ARGS)

docs: $(READY)
	@$(BIN)/python -m catalogue docs

pictures: $(READY)
	@$(BIN)/python -m tests.pictures

$(READY): requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up $(VENV) (once; a minute at most) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(READY)
	@echo "Ready."
