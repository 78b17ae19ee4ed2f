"""Submissions: answers and files saved as one goes, handed in, and the receipt that proves it."""
