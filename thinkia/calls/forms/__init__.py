"""What organisers type about a call: starting one, its rules part by part, publishing, cancelling."""
