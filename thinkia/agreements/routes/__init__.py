"""The page of an act that waits for a second person, and a call's list of them."""
