"""Play the yearly cyber-crisis exercise of a healthcare facility."""

__version__ = "0.1.0"
