"""Who did what and when. Rows are added and read, never changed; people appear under pseudonyms."""
