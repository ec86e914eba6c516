# The three commands: `make serve`, `make test` and, for every save, `make quick`. All else is their parts.
# Needs Python 3.11 or newer and make; the README says how to run everything without make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is imported is compiled then: most of it never is.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.PHONY: serve build test quick check suite browser notes pages deploy previews dist format audit soak fuzz pictures lock clean

# PORT=8010 takes another port; one that is taken makes way for the next.
serve: $(INSTALLED)
	$(BIN)/notebinder serve $(if $(PORT),--port $(PORT))

build: $(INSTALLED)
	$(BIN)/mkdocs build --strict

PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --durations 10

test: check
	$(PYTEST)

# The same in two halves, which a host runs side by side: all that needs no browser, and what needs one.
suite: $(INSTALLED_DEV)
	$(PYTEST) --ignore tests/browser

browser: $(INSTALLED_DEV)
	$(PYTEST) tests/browser

# For every save: the rooms' own tests, without a browser and without whole builds.
ROOMS := base vault public images pages planning build site hosting cli repository
quick: check
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not whole" $(addprefix tests/,$(ROOMS))

check: $(INSTALLED_DEV)
	$(BIN)/ruff format --check scripts tests benchmarks
	$(BIN)/ruff check scripts tests benchmarks
	$(BIN)/mypy

# Draw the pictures of the showcase and of the README anew; needs the extra `ocr` and a browser.
pictures: $(INSTALLED_DEV)
	$(BIN)/python scripts/pictures.py

# Hundreds of random edits while the site is served, hundreds of killed builds, inputs that are made up anew,
# and many pictures: many minutes.
SOAK ?= 400
KILLS ?= 300
soak: $(INSTALLED_DEV)
	NOTEBINDER_SOAK=$(SOAK) NOTEBINDER_KILLS=$(KILLS) NOTEBINDER_SEED=$${NOTEBINDER_SEED:-$$(date +%s)} \
		$(BIN)/python -m pytest -q -n auto tests/site/live/test_soak.py tests/crashes tests/hostile/fuzz \
			tests/images/test_word_places.py tests/images/test_night_of_slides.py tests/browser/test_hostile.py \
			tests/hostile/test_limits.py

# Look for notes that the tool does not bear, for SECONDS for each target; needs Linux and Python below 3.14.
SECONDS ?= 1800
fuzz: $(INSTALLED_DEV)
	@$(BIN)/python -c "import atheris" || { echo "NOT FUZZED: atheris has no wheel here"; exit 1; }
	for target in reader inline links html plan transcript constructs pipeline; do \
		$(BIN)/python -m tests.hostile.fuzz.fuzzer $$target -max_total_time=$(SECONDS) -timeout=30 -max_len=4000 \
			-artifact_prefix=.cache/fuzz/ || exit 1; done

# Tell the problems of the notes; on GitHub beside their lines.
notes: $(INSTALLED)
	$(BIN)/notebinder check --format $(if $(GITHUB_ACTIONS),github,text)

# What a run on main or on a pull request leaves behind: the site, and the pages that it was built from with a
# report of them; only the site is ever published.
pages: $(INSTALLED)
	rm -rf build/pages
	mkdir -p build/pages
	SITE_URL="$$($(BIN)/notebinder preview address)" $(BIN)/mkdocs build --strict --site-dir build/pages/site
	$(BIN)/notebinder export build/pages/export

# Publish that site on the branch gh-pages.
deploy: $(INSTALLED)
	$(BIN)/notebinder preview deploy build/pages/site --live

# Publish the previews of all open pull requests on the branch gh-pages, and remove all others.
previews: $(INSTALLED)
	$(BIN)/notebinder preview publish

# The package as a wheel and as a source archive. A release's tag must name its version.
dist: $(INSTALLED)
	rm -rf dist
	$(BIN)/python -m hatchling build --directory dist
	@test -z "$(GITHUB_REF_NAME)" || test -e "dist/notebinder-$(patsubst v%,%,$(GITHUB_REF_NAME)).tar.gz" || \
		{ echo "NOT RELEASED: the tag is $(GITHUB_REF_NAME), but dist has" dist/*; exit 1; }

format: $(INSTALLED_DEV)
	$(BIN)/ruff format scripts tests benchmarks
	$(BIN)/ruff check --fix scripts tests benchmarks

# Ask for known vulnerabilities of all that is locked. Needs the network, and fails without an answer.
audit: $(INSTALLED_DEV)
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
		--requirement requirements.lock --requirement requirements-dev.lock

# The lock files name every version with its hashes, so that a build in a year is today's build.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --extra build --output-file requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --extra build --extra dev --extra ocr --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) site docs/topics

$(VENV):
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.lock pyproject.toml | $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(INSTALLED_DEV): requirements-dev.lock $(INSTALLED)
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@
