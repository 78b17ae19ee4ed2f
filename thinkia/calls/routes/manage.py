"""Calls as their organisers see them."""

from thinkia.calls.routes.managing import deciding, editing, overview, starting
from thinkia.calls.routes.managing.door import bp

__all__ = ["bp", "deciding", "editing", "overview", "starting"]
