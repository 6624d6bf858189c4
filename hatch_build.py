"""Builds the screen into the package when a wheel or sdist is made; an editable install leaves it to make."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildScreen(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        web = Path(self.root) / "web"
        if version == "editable" or not web.exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("building the screen needs Node 20 or newer with npm on the PATH")
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=web, check=True)
        subprocess.run([npm, "run", "build"], cwd=web, check=True)
