"""What every benchmark prints: one JSON with figures and checks. If one does not hold, it ends with 1."""

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

Figure = int | float


@dataclass(frozen=True, slots=True)
class Check:
    """A figure that must not be above its bar."""

    name: str
    figure: Figure
    bar: Figure

    @property
    def holds(self) -> bool:
        return self.figure <= self.bar


def tell(benchmark: str, figures: dict[str, Any], checks: list[Check]) -> NoReturn:
    """Print and end."""
    told = [asdict(check) | {"holds": check.holds} for check in checks]
    print(json.dumps({"benchmark": benchmark, **figures, "checks": told}, indent=2, ensure_ascii=False))
    sys.exit(0 if all(check.holds for check in checks) else 1)
