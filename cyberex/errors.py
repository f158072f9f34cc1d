"""What an operator can do something about: one line, and what to do. Never an author's mistake."""


class UserError(Exception):
    """A situation the operator can mend (journal locked, disk full, file exists).

    `message` says what is wrong with the value quoted, `advice` what to do; both are already
    translated. The command line prints them on one line and exits with 2.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()
