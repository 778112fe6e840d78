# make run    open the dashboard     (PORT=8502 for another port, PYTHON=... for another Python)
# make test   install what tests need and run everything that must pass
# make audit  ask whether a pinned package has a known weakness, and whether its license fits
# make bench  measure speed and memory and write docs/benchmarks.md    (FULL=1 for all of it, an hour)

PORT ?= 8501
ADDRESS ?= localhost
PYTHON ?=
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test audit bench
export PYTHON

help:
	@echo 'make run    open the dashboard at http://localhost:$(PORT)'
	@echo 'make test   run every check and test'
	@echo 'make audit  look for known weaknesses of the packages in use (asks the network)'
	@echo 'make bench  measure speed and memory, write docs/benchmarks.md (FULL=1: all of it, an hour)'

run:
	@sh tools/environment.sh requirements.txt
	@$(VENV) -m trustboard.cli serve --port $(PORT) --address $(ADDRESS)

test:
	@sh tools/environment.sh requirements.txt requirements-dev.txt
	@echo 'TrustBoard: looking for a browser'
	@$(VENV) tools/install_browser.py
	@echo 'TrustBoard: checking the style of the code (ruff)'
	@$(VENV) -m ruff check --quiet .
	@$(VENV) -m ruff format --check --quiet .
	@echo 'TrustBoard: checking the types (mypy)'
	@$(VENV) -m mypy --no-error-summary
	@echo 'TrustBoard: running the tests'
	@env -u TRUSTBOARD_DATA -u TRUSTBOARD_PUBLISHED $(VENV) -m pytest

audit:
	@sh tools/environment.sh requirements.txt requirements-dev.txt
	@$(VENV) tools/audit.py

bench:
	@sh tools/environment.sh requirements.txt requirements-dev.txt
	@$(VENV) benchmarks/measure_all.py $(if $(FULL),--full)
