# Một Cửa. Every target sets up what it needs by itself; any of them may come first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help setup run chat test check bench lock screenshot clean

help:            ## this list
	@grep -hE '^[a-z]+: .*##|^[a-z]+: *##' $(MAKEFILE_LIST) | sed 's/:[^#]*## */\t/' | expand -t 14

# pip wants hashes for every package; a changed lock makes the stamp stale.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Một Cửa needs Python 3.11 or newer as '$(PYTHON)'. Say which one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); echo "'$(PYTHON) -m venv' does not work here. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) from $(1) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	@touch $(2)
endef

$(VENV)/.run: requirements.lock
	$(call install,requirements.lock,$@)

$(VENV)/.dev: requirements-dev.lock
	$(call install,requirements-dev.lock,$@)
	@touch $(VENV)/.run

setup: $(VENV)/.dev   ## everything: the program, the tests, the linters, the fitted model
	@$(BIN)/python bot.py fit

run: $(VENV)/.run     ## the web chat on http://127.0.0.1:8000
	@$(BIN)/python bot.py serve $(if $(PORT),--port $(PORT))

chat: $(VENV)/.run    ## the conversation in this terminal
	@$(BIN)/python bot.py chat

test: $(VENV)/.dev    ## all tests
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev   ## style, types, import contracts, content
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python bot.py check

bench: $(VENV)/.dev   ## the measurements: understanding, scams and speed
	@$(BIN)/python bench/understanding.py
	@$(BIN)/python bench/scam.py
	@$(BIN)/python bench/speed.py

lock: $(VENV)/.dev    ## renew both locks (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra all pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra all --extra rasa --extra bench --extra dev pyproject.toml -o requirements-dev.lock

screenshot: $(VENV)/.dev  ## the pictures of the README (needs Chromium)
	@$(BIN)/python docs/screenshot.py

clean:                ## remove the environment and caches
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
