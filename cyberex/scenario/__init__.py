"""What did the author write, and is it well formed? The YAML language, located and typed."""
