"""How loading grows with the officers: `.venv/bin/python -m bench.growth 10000 100000`."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.servers import ROOT, environment

SCALES: Final = (10_000, 100_000, 1_000_000)
EVERY: Final = 0.2


@dataclass(frozen=True)
class Growth:
    scale: int
    seconds: float
    peak_mib: float
    database_mib: float


def peak(pid: int) -> int:
    """The most memory so far, in KiB; nothing once the process has let go of it."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def grow(scale: int, folder: Path) -> Growth:
    """One load into a fresh file, watched from outside."""
    command = [sys.executable, "-m", "app.cli", "demo", "--load-only", "--scale", str(scale)]
    started, most = time.monotonic(), 0
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL
    )
    while process.poll() is None:
        most = max(most, peak(process.pid))
        time.sleep(EVERY)
    if process.returncode:
        raise SystemExit(f"the load of {scale} failed")
    seconds = time.monotonic() - started
    size = sum(path.stat().st_size for path in folder.glob("bench.db*"))
    return Growth(scale, seconds, most / 1024, size / 2**20)


def main() -> None:
    scales = [int(given.replace("_", "")) for given in sys.argv[1:]] or list(SCALES)
    print("| officers | seconds | peak memory | database |\n|---:|---:|---:|---:|")  # noqa: T201
    for scale in scales:
        with TemporaryDirectory() as name:
            found = grow(scale, Path(name))
        sizes = f"{found.peak_mib:.0f} MiB | {found.database_mib:.0f} MiB"
        print(f"| {scale:,} | {found.seconds:.1f} | {sizes} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
