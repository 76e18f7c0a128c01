"""pyfhircheck, asked in its own environment: one Bundle a line in, one line of JSON with its errors out."""

from __future__ import annotations

import json
import sys

from pyfhircheck.config import ValidatorConfig  # type: ignore[import-not-found] # of another environment
from pyfhircheck.core.engine import Validator  # type: ignore[import-not-found]

validator = Validator(ValidatorConfig(allow_unknown_extensions=True))  # it cannot fetch the definitions of ours
for line in sys.stdin:
    report = validator.validate_resource(json.loads(line))
    errors = [each for each in report.issues if each.severity.name == "ERROR"]
    print(json.dumps([f"{each.code} {each.path}: {each.message}" for each in errors]))
