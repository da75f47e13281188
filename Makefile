# make demo: try it.   make test: test it.   make check: everything else that must hold.
.DEFAULT_GOAL := setup
.PHONY: setup develop demo test fuzz chaos check catalogues pictures format lock

PY = .venv/bin/python
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links

setup: ## the virtual environment and what it takes to run
	@sh bin/setup base

develop: ## and what it takes to test
	@sh bin/setup dev

demo: setup ## everything, with an invented organisation
	@.venv/bin/amends demo

test: develop ## all tests, in a browser too
	@sh bin/chromium
	@sh bin/faketime
	@sh bin/dovecot
	@rm -f .coverage .coverage.*
	@$(PY) -m coverage run -m pytest -n logical --maxprocesses 4 --dist worksteal

fuzz: develop ## random lives of cases by the hundred thousand, and eight writers at one case; takes hours
	@AMENDS_ACTS=200000 AMENDS_STEPS=10000 $(PY) -m pytest -n logical --maxprocesses 4 \
		tests/cases/test_whole_lives.py tests/cases/test_eight_writers.py

chaos: develop ## timers and mails, in and out, by the thousand while what does them is killed; takes hours
	@AMENDS_TIMERS=10000 $(PY) -m pytest tests/jobs/test_chaos.py
	@AMENDS_CHAOS_MAILS=10000 AMENDS_CHAOS_EVERY=120 $(PY) -m pytest tests/config/test_mail_chaos.py
	@AMENDS_CHAOS_SENDS=5000 AMENDS_CHAOS_EVERY=100 $(PY) -m pytest tests/config/test_sending_chaos.py

check: develop ## form, types, layers, migrations, catalogues, coverage of the last `make test`
	@sh bin/needs xgettext gettext
	@$(PY) -m tests.check

catalogues: develop ## the words of the code, into the catalogues of the five languages
	@sh bin/needs xgettext gettext
	@$(PY) -m scripts.catalogues

pictures: develop ## every page of the demonstration, into var/pictures
	@sh bin/chromium
	@$(PY) -m scripts.pictures

format: develop ## put the code into its form
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .

lock: develop ## take the newest packages that requirements/*.in allow
	@$(COMPILE) --upgrade requirements/base.in -o requirements/base.lock
	@$(COMPILE) --upgrade requirements/dev.in -o requirements/dev.lock
