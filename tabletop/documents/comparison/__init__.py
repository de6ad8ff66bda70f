"""The same exercise over many sessions, as a page: for a terminal, for a browser, for programs."""
