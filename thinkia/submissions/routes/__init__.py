"""Addresses of submissions."""
