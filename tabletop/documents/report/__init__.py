"""The after-action report and improvement plan, in HSEEP's order."""
