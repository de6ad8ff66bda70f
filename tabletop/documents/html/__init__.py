"""Papers as one page of HTML: nothing is fetched, no script runs, and the log's lines stand at its end."""
