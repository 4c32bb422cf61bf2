"""What every test shares: where the repository is, and how hard Hypothesis tries."""

from pathlib import Path

import pytest
from hypothesis import settings

# A loaded machine is slow, which is no fault of the code. The rest stays Hypothesis's own choice,
# which is derandomised when CI is in the environment.
settings.register_profile("corridors", deadline=None)
settings.load_profile("corridors")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top of the repository."""
    return Path(__file__).parents[1]
