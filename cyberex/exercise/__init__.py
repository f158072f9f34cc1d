"""The running exercise: the imperative shell around the engine, and the only writer."""

from cyberex.engine.engine import Refused
from cyberex.exercise.running import Exercise

__all__ = ["Exercise", "Refused"]
