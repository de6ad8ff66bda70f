"""The author's screen: faults, doubts, schedule, branches and each cell's view beside the editor of their choice."""
