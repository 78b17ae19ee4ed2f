"""Tests mirror thinkia/; architecture/ guards the house, journeys/ plays whole calls."""
