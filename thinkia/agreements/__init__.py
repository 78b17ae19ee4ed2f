"""Acts that two persons decide: one officer asks with a reason, another confirms after signing in again."""
