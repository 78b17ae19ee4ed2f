"""What every page shares: the door, the headers, languages, forms, errors, lists."""
