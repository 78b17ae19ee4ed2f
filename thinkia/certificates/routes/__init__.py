"""The page that confirms a certificate, and the organisers' pages."""
