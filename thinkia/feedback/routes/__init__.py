"""Pages of the teams, of the organisers, and of the chair of the jury."""
