"""Known faults of what is in the locks: ``python -m tools.audit``. Asks the package index; ends with 1 for a fault."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

from tools.locked import LOCKS, ROOT

TIME_S: Final = 600
NOT_ASKED: Final = (
    "not audited: the package index cannot be asked for known faults from here. Where it can be: python -m tools.audit"
)


def asked(path: str) -> dict[str, Any] | None:
    """Ask for the known faults of one lock; None where nobody answers."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", path]
    options = ["--format", "json", "--progress-spinner", "off"]
    try:
        # The command is ours, the file one of three.
        done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, timeout=TIME_S, check=False)  # noqa: S603
        return dict(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        return None


def told(answer: dict[str, Any] | None) -> tuple[list[str], int]:
    """Give the faults, and how many packages the index said anything about."""
    packages = (answer or {}).get("dependencies", [])
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none yet'}"
        for one in packages
        for fault in one.get("vulns", ())
    ]
    return faults, sum("skip_reason" not in one for one in packages)


def main() -> int:
    """Audit every lock and say so."""
    failed = 0
    for path in LOCKS.values():
        faults, known = told(asked(path))
        print(f"{path}: {known} packages audited, {len(faults)} known faults" if known else f"{path}: {NOT_ASKED}")
        print("\n".join(faults), end="\n" if faults else "")
        failed |= bool(faults)
    return failed


if __name__ == "__main__":
    sys.exit(main())
