"""What a briefer is asked: who wants what, and what has changed."""
