"""The jury: who sits for which sector, who may not read what, who reads what, and what they mark."""
