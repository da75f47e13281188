"""Our conventions, as tests. Each reads the source; nothing is run."""

import ast
import re
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path

from config.environment import ROOT

SOURCES = sorted(
    path.relative_to(ROOT)
    for folder in ("amends", "config", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
OURS = [path for path in SOURCES if path.parts[0] in {"amends", "config"}]
INTERFACES = {"web", "portal", "api", "jobs", "imports"}
DOMAIN = [path for path in OURS if path.parts[0] == "amends" and path.parts[1] not in INTERFACES]
# Steps that several use cases share: they write in the transaction of the use case that calls them.
STEPS = {
    "amends/cases/actions/begun.py",
    "amends/cases/actions/doing.py",
    "amends/cases/actions/final_responses.py",
    "amends/cases/actions/fit_to_send.py",
    "amends/cases/actions/giving.py",
    "amends/cases/actions/ruling.py",
    "amends/cases/actions/timekeeping.py",
    "amends/cases/actions/using_answers.py",
    "amends/journal/actions.py",
    "amends/staff/actions/authorise.py",
}
# What refuses on behalf of several use cases and writes nothing.
GUARDS = {"amends/contacts/actions/attachments.py: check_uploads"}
BY_THE_CLOCK = {"tasks.py", "reactions.py", "admin.py"}
NAMELESS = {
    "common", "constants", "core", "exceptions", "helpers", "managers", "misc", "services",
    "shared", "signals", "util", "utils",
}  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def is_in(path: Path, kind: str) -> bool:
    return path.name == f"{kind}.py" or kind in path.parts


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def classes(path: Path) -> list[ast.ClassDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def code_lines(path: Path, function: ast.FunctionDef) -> int:
    """Count the lines of a function, without its docstring, its comments and empty ones."""
    lines = (ROOT / path).read_text().splitlines()[function.lineno - 1 : function.end_lineno]
    if ast.get_docstring(function):
        said = function.body[0]
        first = said.lineno - function.lineno
        del lines[first : first + (said.end_lineno or said.lineno) - said.lineno + 1]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def each(paths):
    """Ask a question of every file in one test, and name the files that answer wrong."""
    asked = list(paths)

    def decorate(question):
        @wraps(question)
        def test():
            assert wrong(asked, question) == {}

        del test.__wrapped__  # or its parameter would be taken for a fixture
        return test

    return decorate


def wrong(asked, question):
    answers = {}
    for subject in asked:
        try:
            question(subject)
        except AssertionError as answer:
            answers[str(subject)] = str(answer).split("\n", 1)[0]
    return answers


@dataclass(frozen=True)
class Action:
    path: Path
    node: ast.FunctionDef

    def __str__(self) -> str:
        return f"{self.path}: {self.node.name}"


ACTIONS = [
    Action(path, node)
    for path in DOMAIN
    if is_in(path, "actions") and str(path) not in STEPS and path.name != "within.py"
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    if f"{path}: {node.name}" not in GUARDS
]


@each(ACTIONS)
def test_an_action_is_one_transaction(action):
    assert "transaction.atomic" in [ast.unparse(d) for d in action.node.decorator_list]


@each(ACTIONS)
def test_an_action_is_told_the_moment_by_name(action):
    assert "at" in [arg.arg for arg in action.node.args.kwonlyargs]


@each(ACTIONS)
def test_an_action_is_told_who_acts_by_name_only(action):
    assert "by" not in [arg.arg for arg in action.node.args.args]


@each(ACTIONS)
def test_an_action_takes_at_most_its_subject_by_position(action):
    assert len(action.node.args.posonlyargs + action.node.args.args) <= 1


@each(ACTIONS)
def test_an_action_takes_no_bag_of_anything(action):
    assert action.node.args.kwarg is None
    assert action.node.args.vararg is None


@each(ACTIONS)
def test_an_action_documents_what_it_refuses(action):
    said = ast.get_docstring(action.node) or ""
    raised = {
        ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
        for node in ast.walk(action.node)
        if isinstance(node, ast.Raise) and node.exc
    }
    assert {name for name in raised if name not in said} == set()


@each(ACTIONS)
def test_an_action_says_what_it_does(action):
    assert ast.get_docstring(action.node)


@each(path for path in DOMAIN if is_in(path, "rules") or is_in(path, "queries"))
def test_rules_and_queries_say_what_they_answer(path):
    public = [f for f in functions(path) if f in tree(path).body and not f.name.startswith("_")]
    assert [f.name for f in public if not ast.get_docstring(f)] == []


@each(SOURCES)
def test_a_file_is_short(path):
    assert len((ROOT / path).read_text().splitlines()) <= LONGEST_FILE


@each(OURS)
def test_a_function_is_short(path):
    assert [f.name for f in functions(path) if code_lines(path, f) > LONGEST_FUNCTION] == []


@each(OURS)
def test_a_module_is_named_after_something(path):
    assert path.stem not in NAMELESS
    assert path.parent.name not in NAMELESS


@each(path for path in OURS if path.name == "__init__.py")
def test_a_package_re_exports_nothing(path):
    if path.parent.name == "models":
        return  # Django finds the tables of a package there
    assert [node for node in tree(path).body if not isinstance(node, ast.Expr)] == []


@each(path for path in DOMAIN if path.name not in BY_THE_CLOCK)
def test_the_domain_is_told_the_time(path):
    asked = {ast.unparse(call.func) for call in calls(path)}
    clocks = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "timezone.localdate"}
    # A stopwatch around the database's start is no time of the business.
    assert asked & (clocks if path.parts[1] == "database" else {*clocks, "time.time"}) == set()


@each(path for path in DOMAIN if path != Path("amends/base/downloads.py"))
def test_the_domain_knows_no_request(path):
    web = {"django.http", "django.views", "django.shortcuts"}
    if path.name not in {"letters.py", "slips.py"} and "templatetags" not in path.parts:
        web.add("django.template")  # only letters and slips are written by templates here
    assert {name for name in imports(path) for kind in web if name.startswith(kind)} == set()


@each(OURS)
def test_nothing_happens_behind_ones_back(path):
    hidden = ("django.dispatch", "django.db.models.signals", "django.contrib.contenttypes.fields")
    assert {name for name in imports(path) if name.startswith(hidden)} == set()


@each(path for path in OURS if "web" in path.parts or "portal" in path.parts)
def test_views_are_functions_and_forms_are_written_out(path):
    assert {name for name in imports(path) if name.startswith("django.views.generic")} == set()
    bases = {ast.unparse(base) for node in classes(path) for base in node.bases}
    assert bases & {"forms.ModelForm", "ModelForm"} == set()


MODELS = [path for path in OURS if is_in(path, "models")]


@each(MODELS)
def test_a_table_overrides_nothing(path):
    assert {f.name for f in functions(path)} & {"save", "delete", "clean", "full_clean"} == set()


@each(MODELS)
def test_a_table_has_no_order_of_its_own(path):
    orders = [
        node.lineno
        for meta in classes(path)
        if meta.name == "Meta"
        for node in meta.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering"
    ]
    assert orders == []


@each(MODELS)
def test_a_foreign_key_names_the_class(path):
    keys = {"models.ForeignKey", "models.OneToOneField", "models.ManyToManyField"}
    named = [
        ast.unparse(call)
        for call in calls(path)
        if ast.unparse(call.func) in keys
        for target in call.args[:1]
        if isinstance(target, ast.Constant) and target.value != "self"
    ]
    assert named == []


@each(SOURCES)
def test_no_word_for_people_hides_in_a_formatted_string(path):
    """There the catalogues do not find it, and it is read in English everywhere."""
    asks = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    hidden = [
        ast.unparse(call)
        for text in ast.walk(tree(path))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in asks
    ]
    assert hidden == []


@each(SOURCES)
def test_words_for_people_are_asked_for_by_a_name_that_the_catalogues_know(path):
    """What is called by another name is not found, and read in English everywhere."""
    renamed = [
        f"{name.name} as {name.asname}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in {None, "_"}
    ]
    assert renamed == []


@each(MODELS)
def test_instants_end_in_at_and_days_in_on(path):
    instants = {"at", "since", "until", "by", "for"}
    endings = {"models.DateTimeField": instants, "models.DateField": {"on"}}
    wrong = [
        ast.unparse(node.targets[0])
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for allowed in [endings.get(ast.unparse(node.value.func))]
        if allowed and ast.unparse(node.targets[0]).split("_")[-1] not in allowed
    ]
    assert wrong == []


@each(SOURCES)
def test_a_rule_is_set_aside_by_name_and_with_a_reason(path):
    """The same rule set aside twice in a file is explained once."""
    found = re.findall(
        r"# (?:noqa: ([A-Z0-9, ]+)|type: ignore\[([a-z, -]+)\]|(?:noqa|type: ignore)\b)(.*)",
        (ROOT / path).read_text(),
    )
    codes = {(lint or types).strip(): reason.strip(" -") for lint, types, reason in sorted(found)}
    assert [code for code, reason in codes.items() if not code or len(reason.split()) < 2] == []
