"""The pages of a team's appeal, and the organisers' desk of appeals."""
