"""Results: the order by the bases' method, its confirmation by the jury's chair, publication."""
