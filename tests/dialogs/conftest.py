from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for compiled sentences that all dialogs share."""
    return tmp_path_factory.mktemp("compiled")
