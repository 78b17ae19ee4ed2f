"""The organisations of the ecosystem: today the hosts that run calls, and their staff."""
