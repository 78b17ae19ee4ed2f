"""People: how they sign up, sign in, describe themselves, consent and leave."""
