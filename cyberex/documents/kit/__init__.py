"""What does a kit put on paper, and for whom? One text, written as PDF, Word, slides or tables."""
