"""Exports: what leaves the platform, as one moment had it, and the log of what left."""
