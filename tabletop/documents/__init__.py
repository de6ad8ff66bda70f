"""Papers made from a review or from an exercise."""
