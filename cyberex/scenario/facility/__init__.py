"""How does a facility make a kit its own? The folder of its exercise: drafted, read, checked."""
