"""Addresses of the jury."""
