"""Certificates of those who took part, won or judged: numbered, drawn as PDF, confirmed by a public page."""
