"""Fuzzes one target, led by coverage: ``python tests/fuzz/with_atheris.py TARGET SECONDS FOLDER``.

Needs atheris 3.0.0 in the same environment as the project (docs/fuzzing.md). ``FOLDER`` keeps the corpus between runs
and gets each new finding as FOLDER/found/NAME; a finding is a place in the code, told once.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # installed for fuzzing alone

sys.path[:0] = [str(Path(__file__).parents[up]) for up in range(3)]
with atheris.instrument_imports(include=["provider_directory", "navigator", "tomllib"]):
    from fuzz_seeds import seeds
    from fuzz_targets import TARGETS

_LONGEST = 24_000
"""Bytes of an input: as long as the smallest edition."""


def main(target: str, seconds: int, folder: Path) -> None:
    """Fuzz; ends with libFuzzer's own account."""
    corpus, found = folder / "corpus", folder / "found"
    for needed in (corpus, found):
        needed.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    places: set[str] = set()

    def try_one(data: bytes) -> None:
        scratch = Path(tempfile.mkdtemp())
        try:
            TARGETS[target](data, scratch)
        except Exception as fault:
            at = traceback.extract_tb(fault.__traceback__)[-1]
            place = f"{type(fault).__name__} {Path(at.filename).name}:{at.lineno}"
            if place not in places:
                places.add(place)
                name = hashlib.sha256(data).hexdigest()[:12]
                (found / name).write_bytes(data)
                (found / f"{name}.txt").write_text(traceback.format_exc())
                print(f"FOUND {place} in {name}", file=sys.stderr, flush=True)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={found}/", str(corpus)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
