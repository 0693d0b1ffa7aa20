"""The dealer of the stories of cases, and the clock of the pages at the time of the story."""

from typing import Any

import pytest
from tests.cases.conftest import (  # noqa: F401
    cast,
    company,
    complaint,
    customer,
    noon,
    record_of,
)


@pytest.fixture(autouse=True)
def _today(walked: Any) -> None:
    """The pages' clock stands at the time of the story."""


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
