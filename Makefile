# The commands of this project. See README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := run
.PHONY: install run test check bench screens lock

# The environment in .venv, with everything that development and tests need
install:
	@bin/install requirements-dev.lock

# The whole portal on this machine: PORT (default 8000), LXR_DATA_DIR (default var/)
run:
	@bin/run

# Everything that can be tested without servers, in a browser too
test: install
	@bin/browser
	@.venv/bin/pytest -n auto --dist worksteal

# Format, lint, types, layers, templates, migrations, production settings
check: install
	@bin/check

# Speed, on a database of 10,000 reviewers; prints ratios. See README.md, "Speed"
bench: install
	@.venv/bin/python -m bench

# Every page as each role that may see it, at 320 and 1280 px, into var/screens/ROLE/
screens: install
	@bin/browser
	@.venv/bin/python -m tests.nets.screens

# Pin the newest versions that pyproject.toml allows
lock: install
	@bin/lock
