"""What Thinkia knows about calls, teams, panels and rankings. No I/O, no clock, no framework."""
