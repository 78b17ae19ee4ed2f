"""What whoever runs an installation asks: does everything answer, and is what is kept still sound?

Reads everything. It writes only one thing: that work which failed for good is tried again, or given up.
"""
