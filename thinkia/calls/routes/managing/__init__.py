"""The organisers' side of a call: one blueprint, a module for each kind of work."""
