"""Thinkia: open calls end to end."""
