"""What each key starts: ask what is missing, then submit one command. No rule of the game here."""
