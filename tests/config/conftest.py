import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.config.installation import Installation, empty_home


@pytest.fixture(scope="session")
def _migrated() -> Iterator[Installation]:
    made = Installation(empty_home())
    done = made.run("migrate")
    assert done.returncode == 0, done.stderr
    yield made
    made.end()


@pytest.fixture
def installation(_migrated: Installation) -> Iterator[Installation]:
    """An installation that has been migrated and is at rest."""
    home = empty_home()
    shutil.rmtree(home)
    subprocess.run(["/bin/cp", "-a", _migrated.home, home], check=True)
    ours = Installation(home)
    yield ours
    ours.end()


@pytest.fixture
def empty() -> Iterator[Installation]:
    """An installation that has never run."""
    ours = Installation(empty_home())
    yield ours
    ours.end()
