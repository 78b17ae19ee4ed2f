"""Addresses of teams."""
