"""Papers of an exercise itself: its page in HTML, its branches as a diagram, what changed since another version."""
