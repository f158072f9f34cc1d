"""The running exercise: the imperative shell around the engine, and the only writer."""
