"""Keys of the call file that came after the first files."""

LATER = "later"
"""In a field's metadata: files did not have this key at first. It has a default, written only where it is not
that, so that bases kept before it keep their bytes.
"""
