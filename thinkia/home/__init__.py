"""Each person's desk: what is to be done next. Reads everything, writes nothing."""
