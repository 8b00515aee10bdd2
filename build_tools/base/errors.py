"""The one exception for people: why a command or a build cannot go on."""


class Refused(Exception):
    """One sentence: what is wrong, with the value, and what to do about it.

    ``code`` is the exit code of the program: 1 for a fault in a file, 2 for a fault in how the command was called.
    Derive a class only for a caller that must tell one refusal from others.
    """

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
