"""An organisation's own templates for reports, and the shipped ones to begin with."""
