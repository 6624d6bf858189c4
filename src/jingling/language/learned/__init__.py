"""Understanding by example: what is said like the sentences that are known."""
