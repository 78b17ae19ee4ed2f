"""Addresses of calls."""
