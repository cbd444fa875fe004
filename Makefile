# SPDX-License-Identifier: MulanPSL-2.0
# Each target sets up what it needs first; see installer/setup.sh. Paths stay relative: the folder may have blanks.
SHELL := bash
PYTHON := .venv/bin/python
DEMO ?= township-demo
PICTURES ?= township-pictures

# Prints what runs, stops at the first that fails and says which.
define check
@printf '\n== %s\n' '$(1)'
@$(1) || { printf '\n没有通过 / failed: %s\n' '$(1)' >&2; exit 1; }
endef

.PHONY: help run test test-lowest proof bench pictures format clean

help:
	@echo 'make run          set up, take a sample ledger through the program, open the window on it ($(DEMO)/)'
	@echo 'make test         set up, all checks and tests'
	@echo 'make test-lowest  the tests with the oldest libraries that pyproject.toml allows'
	@echo 'make proof        a thousand offices and twelve years of rosters (half an hour)'
	@echo 'make bench        the speed and memory table'
	@echo 'make pictures     a picture of every tab and dialog ($(PICTURES)/)'
	@echo 'make format       let ruff lay out the code'
	@echo 'make clean        remove the virtual environments and caches'

run:
	@installer/setup.sh run
	@$(PYTHON) -m township_office tour --to '$(DEMO)'

test test-lowest proof bench pictures: export QT_QPA_PLATFORM := offscreen

test:
	@installer/setup.sh dev
	$(call check,$(PYTHON) -m ruff format --check)
	$(call check,$(PYTHON) -m ruff check)
	$(call check,$(PYTHON) -m mypy)
	$(call check,.venv/bin/lint-imports)
	$(call check,$(PYTHON) -m pytest -q -n auto)

test-lowest:
	@installer/setup.sh lowest
	$(call check,.venv-lowest/bin/python -m pytest -q -n auto)

proof:
	@installer/setup.sh dev
	$(call check,$(PYTHON) -m pytest -q -n auto -m proof)

bench:
	@installer/setup.sh dev
	@$(PYTHON) tests/bench/run.py

pictures:
	@installer/setup.sh dev
	@PICTURES='$(PICTURES)' $(PYTHON) -m pytest -q -m pictures

format:
	@installer/setup.sh dev
	@$(PYTHON) -m ruff check --fix
	@$(PYTHON) -m ruff format

clean:
	rm -rf .venv .venv-lowest .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find township_office tests -name __pycache__ -type d -prune -exec rm -rf {} +
