"""Where the tests' own PostgreSQL lives."""

import hashlib
from pathlib import Path

from amends.database.account import account, blocked_at


def home_of(root: Path) -> Path:
    """Return the directory for the tests of the checkout in `root`.

    It is inside the checkout, unless root runs the tests where the database's account may not go.
    """
    if account() is None or blocked_at(root) is None:
        return root / "var" / "test"
    home = Path("/tmp") / f"amends-test-{hashlib.sha256(bytes(root)).hexdigest()[:12]}"
    home.mkdir(mode=0o711, exist_ok=True)
    return home
