"""The after-action screen: a recorded session walked from end to end, and added to."""
