"""What a log says: the review of a session, derived from its events and from nothing else."""
