"""The juror's side and the organisers' side of a jury."""
