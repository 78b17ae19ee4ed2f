"""Addresses of results."""
