"""Where the features above join a consent that is taken back: what rested on it ends with it.

@hooks.on_consent_taken_back
def stop_looking(account, purpose, now):
    ...
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Function = Callable[[Any, str, datetime], object]
_on_consent_taken_back: list[Function] = []


def on_consent_taken_back(function: Function) -> Function:
    """``function(account, purpose, now)`` runs inside the transaction that takes the consent back."""
    _on_consent_taken_back.append(function)
    return function


def tell_taken_back(account: Any, purpose: str, now: datetime) -> None:
    for function in _on_consent_taken_back:
        function(account, purpose, now)
