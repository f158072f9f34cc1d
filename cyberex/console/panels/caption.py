"""What somebody explains while the console is watched, under the panels and over none of them."""

from rich.text import Text
from textual.widgets import Static

from cyberex.wording.clean import clean_line


class Caption(Static):
    """Not there until there is something to explain; then its place is kept."""

    def __init__(self) -> None:
        super().__init__(id="caption", markup=False)

    def explain(self, text: str) -> None:
        self.display = True
        self.update(Text(f"▸ {clean_line(text)}"))
