"""What people do with a jury: invite it, sit on it, draw its panels, read and mark."""

from thinkia.jury.services.conflicts import excuse

__all__ = ["excuse"]
