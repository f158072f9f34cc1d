"""What the console asks in a window of its own: each answers a value, or None for Escape."""
