"""What the features above know of a jury's marks: they register functions here, from ``reactions.py``.

Imports go down, so a jury knows no order of proposals; but who may have seen one must not change a mark.
"""

from collections.abc import Callable

from thinkia.calls.models import Call

_orders: list[Callable[[Call], bool]] = []


def order(stands: Callable[[Call], bool]) -> Callable[[Call], bool]:
    """Ask this whether an order of a call's proposals stands, proposed or more."""
    _orders.append(stands)
    return stands


def order_stands(call: Call) -> bool:
    """Whether anybody may have seen an order that is made of the marks of now."""
    return any(stands(call) for stands in _orders)
