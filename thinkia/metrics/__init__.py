"""What is measured of proposals and not judged: values that two persons enter, one for each proposal."""
