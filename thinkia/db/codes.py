"""Public names of rows: random, short, easy to read aloud. They are names, never capabilities."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U


def new_code(length: int = 8) -> str:
    """A random code. 30⁸ of them: the unique constraint settles the rest."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
