"""Why something about a contest is refused, in words for the person who asked."""


class AuthoringRefused(Exception):
    """Setting up a contest: what was asked cannot be done; the text says why and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
