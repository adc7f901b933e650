# Everything a person does with this repository, by name. `make` alone lists them.
PYTHON ?= python3
UV := build/tools/bin/uv
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help demo setup test tools lint fmt finding pictures screenshots reference bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup ## set everything up, then print the main finding
	@$(BIN)/lagrum loopholes eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 --all || test $$? -eq 2

setup: .venv/ready ## make the virtual environment from the lock file

test: setup tools ## run the tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

tools: ## install what the tests use beside Python: a browser, a database server, Java for Spark, a reader of PDF
	@sh scripts/get-tools.sh

lint: setup ## style, layout and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: setup ## put Python code in its layout
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

finding: setup ## write the finding into README.md and docs/finding.svg anew
	$(BIN)/python scripts/finding.py

pictures: setup ## draw the pictures in docs/pictures anew
	$(BIN)/python scripts/pictures.py

screenshots: setup tools ## take pictures of every page, also as eyes that see fewer colours see it, into build/screenshots
	$(BIN)/python scripts/screenshots.py

reference: setup ## write the pages of docs/ that are made from the code and the law anew
	$(BIN)/python scripts/reference.py

bench: setup ## measure; minutes, and best on an idle machine
	$(BIN)/python -m bench.loopholes
	$(BIN)/python -m bench.assess

lock: $(UV) ## write requirements.lock anew: names, versions and hashes, no hosts
	$(UV) pip compile pyproject.toml --extra dev --extra report --extra screen --extra serve --extra postgresql --extra spark --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --upgrade -o requirements.lock
	@! grep -n '://' requirements.lock

clean: ## remove everything that was built
	rm -rf build dist .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: requirements.lock pyproject.toml $(UV)
	$(UV) venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" .venv
	$(UV) pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(UV):
	@sh scripts/get-uv.sh "$(PYTHON)" "$(UV_VERSION)"
