"""Signing up, in and out; one's own account."""

from thinkia.accounts.routes import entering, joining, own, recovering
from thinkia.accounts.routes.door import bp

__all__ = ["bp", "entering", "joining", "own", "recovering"]
