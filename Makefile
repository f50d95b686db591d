# Everything from nothing: `make run`, `make test`. A second time skips what is done.
.PHONY: run test check bench audit lock python

PYTHON := $(shell sh .ci/python)
LANGUAGE := $(or $(SYNERGIA_LANGUAGE),fi)
BIN := .venv/bin
PREPARE := $(PYTHON) -m commands.prepare --lang $(LANGUAGE)
# Some tools leave a HOST of their own in the environment; only one that can be listened on is meant for us.
ASKED_HOST := $(if $(filter command,$(origin HOST)),$(HOST),$(filter localhost 127.0.0.1 0.0.0.0 ::,$(HOST)))

run: python
	@$(PREPARE) run
	@$(BIN)/python synergia.py serve $(if $(ASKED_HOST),--host $(ASKED_HOST)) $(if $(PORT),--port $(PORT))

test: python
	@$(PREPARE) dev chromium
	@$(BIN)/python synergia.py db install
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder $(ARGS)

check: python
	@$(PREPARE) dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: python
	@$(PREPARE) dev
	@$(BIN)/python -m pytest -m slow
	@$(BIN)/python synergia.py bench all

audit: python
	@$(PREPARE) dev
	@$(BIN)/python -m commands.packages

lock: python
	@$(PREPARE) uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt

python:
	@test -n "$(PYTHON)"
