"""A person enters a call: who may, what the bases need to know of them, and leaving again."""
