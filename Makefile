# Setfair. `make` alone lists what can be asked for.
PYTHON ?= python3
PY := .venv/bin/python
# A run is many processes: where this is set, each of them would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
RUN_READY = @$(PYTHON) -m config.environment run
DEV_READY = @$(PYTHON) -m config.environment dev
.DEFAULT_GOAL := help
.PHONY: help run setup demo programme back-in test browser check tidy figures figure canary backup restore rotate verify messages lock

help:
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-22s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Use it
run: ## serve on http://localhost:8000 (PORT=, DATA_DIR=, DEMO=0); Ctrl-C stops it
	@$(PYTHON) -m config.environment run && exec $(PY) -m config.run

demo: ## the demo village, fresh, in a data directory of its own (var/demo)
	@$(PYTHON) -m config.environment run && exec $(PY) -m config.demo

programme: ## a link for somebody to found one more programme here: EMAIL= NAME="Ada Pryce"
	$(RUN_READY)
	@exec $(PY) -m config.programme "$(EMAIL)" "$(NAME)"

back-in: ## say that the only administrator of a programme lost their second step: PROGRAMME=
	$(RUN_READY)
	@exec $(PY) -m config.back_in "$(PROGRAMME)"

backup: ## copy every row and the keys: DATA_DIR/backups, BACKUP_KEYS_DIR
	$(RUN_READY)
	@exec $(PY) -m config.backup

restore: ## bring a copy back: FROM=var/backups/....dump (FORCE=1 replaces what is there)
	$(RUN_READY)
	@exec $(PY) -m config.restore "$(FROM)" "$(KEYS)"

rotate: ## a new master key: what was shredded opens in no copy any more
	$(RUN_READY)
	@exec $(PY) -m config.rotate

verify: ## whether the journal holds (ANCHOR= the mark on a paper; ACCEPT=programme WHY="..." for a lost end)
	$(RUN_READY)
	@exec $(PY) -m config.verify "$(ACCEPT)" "$(WHY)" "$(ANCHOR)"

##@ Work on it
test: browser ## every test, browser and all (ARGS="-k words" for some)
	@exec $(PY) -m pytest -n 2 $(ARGS)

check: ## lint, format, floors, types, migrations, documents
	$(DEV_READY)
	@exec $(PY) -m tests.check

tidy: ## put imports and lines in order
	$(DEV_READY)
	@$(PY) -m ruff check --fix -q . ; $(PY) -m ruff format -q .

messages: ## bring locale/ up to the texts in the code, and compile it
	$(DEV_READY)
	@exec $(PY) -m config.gathering

lock: ## write the lock files anew from pyproject.toml (UPGRADE=1 takes newer versions)
	$(DEV_READY)
	@exec $(PY) -m config.lock

setup: ## only make .venv, for editors
	$(DEV_READY)

browser:
	$(DEV_READY)
	@$(PY) -m tests.browser

##@ Measure it
figures: browser ## every figure we state, measured
	@exec $(PY) -m bench figures

figure: browser ## one figure: NAME=
	@exec $(PY) -m bench figure "$(NAME)"

canary: browser ## plant the fault a figure must catch, and see it caught: NAME=
	@exec $(PY) -m bench canary "$(NAME)"
