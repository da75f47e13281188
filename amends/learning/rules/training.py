"""Learning a model from examples: pure, and slow; it runs in a process of its own.

`python -m amends.learning.rules.training` reads a task as JSON on its standard input and writes
what it learnt on its standard output. It sees no database, and bounds its own memory and time.
Nothing else imports this module: the library behind it is large, and no other process needs it.
"""

import base64
import json
import resource
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from amends.learning.rules.model import (
    MOST_PIECES,
    BadModel,
    Model,
    pieces_of,
    read_model,
    sureness,
    written,
)
from amends.learning.rules.targets import RARE, Example, Measured, older_and_newest, usable

MOST_BYTES = 2 * 1024**3
MOST_SECONDS = 300
# A piece of text that fewer cases hold is not learnt: it could be somebody's name.
_FEWEST_CASES = 5
_FOLDS = 3
_COLDEST, _HOTTEST = 0.2, 10.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """A new model, and how it did on the newest examples."""

    model: Model
    measured: Measured


def learn(examples: Sequence[Example], before: Model | None) -> Learnt:
    """Learn from the older of `examples`, oldest first, and measure on the newest of them."""
    older, newest = older_and_newest(examples)
    older = usable(older)
    model = _fitted(older)
    known = set(model.classes)
    newest = [one if one.label in known else Example(one.text, RARE) for one in newest]
    most_frequent = Counter(one.label for one in older).most_common(1)[0][0]
    return Learnt(
        model,
        Measured(
            held_out=len(newest),
            right=_right(newest, lambda text: _best(model, text)),
            before=_right(newest, lambda text: _best(before, text)) if before else None,
            guess=_right(newest, lambda _text: most_frequent),
        ),
    )


def _fitted(examples: Sequence[Example]) -> Model:
    vectorizer = TfidfVectorizer(
        analyzer=pieces_of, min_df=_FEWEST_CASES, max_features=MOST_PIECES, sublinear_tf=True
    )
    texts, labels = [one.text for one in examples], np.array([one.label for one in examples])
    table = vectorizer.fit_transform(texts)
    learner = LogisticRegression(C=10.0, max_iter=300)
    temperature = _temperature(learner, table, labels)
    learner.fit(table, labels)
    weights, bias = _columns(learner.coef_), _columns(learner.intercept_[:, None])[0]
    known = {str(piece): int(place) for piece, place in vectorizer.vocabulary_.items()}
    return Model(
        classes=tuple(str(label) for label in learner.classes_),
        pieces=known,
        idf=[float(each) for each in vectorizer.idf_],
        weights=[float(each) for each in weights.ravel()],
        bias=[float(each) for each in bias],
        temperature=temperature,
    )


def _columns(rows: Any) -> Any:  # noqa: ANN401 - arrays of numbers, which have no types here
    """Return one column a class: where there are two, the library keeps the second alone."""
    both = np.vstack([np.zeros_like(rows), rows]) if len(rows) == 1 else rows
    return both.T


def _temperature(learner: LogisticRegression, table: Any, labels: Any) -> float:  # noqa: ANN401
    """Return by how much to divide the scores, from examples that were held back in turn."""
    folds = StratifiedKFold(_FOLDS)
    scores = cross_val_predict(learner, table, labels, cv=folds, method="decision_function")
    if scores.ndim == 1:
        scores = np.column_stack([np.zeros_like(scores), scores])
    truth = np.searchsorted(np.unique(labels), labels)

    def loss(temperature: float) -> float:
        hot = scores / temperature
        most = hot.max(axis=1)
        total = np.log(np.exp(hot - most[:, None]).sum(axis=1)) + most
        return float((total - hot[np.arange(len(truth)), truth]).mean())

    return float(minimize_scalar(loss, bounds=(_COLDEST, _HOTTEST), method="bounded").x)


def _best(model: Model, text: str) -> str:
    sure = sureness(model, text)
    return max(sure, key=lambda label: sure[label])


def _right(examples: Sequence[Example], says: Callable[[str], str]) -> int:
    return sum(says(one.text) == one.label for one in examples)


def answer_to(task: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was learnt from a task, as JSON: `examples` in pairs, and the model `before`."""
    examples = [Example(text, label) for text, label in task["examples"]]
    try:
        before = read_model(base64.b64decode(task["before"])) if task["before"] else None
    except BadModel:
        before = None
    learnt = learn(examples, before)
    model = base64.b64encode(written(learnt.model)).decode()
    return {"model": model, **asdict(learnt.measured)}


def bound_itself(most_bytes: int = MOST_BYTES, most_seconds: int = MOST_SECONDS) -> None:
    """Let the system end this process when it takes more memory or time than learning may."""
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))


if __name__ == "__main__":
    bound_itself()
    json.dump(answer_to(json.load(sys.stdin)), sys.stdout)
