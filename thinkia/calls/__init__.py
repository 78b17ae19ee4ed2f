"""Calls: their bases in every version, their calendar, their challenges, and publishing them."""
