"""The whole set of a kit on disk: which file in which folder, nothing ever replaced."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cyberex.documents.folders import new_folder, unwritable
from cyberex.documents.kit.agenda import agenda_file
from cyberex.documents.kit.assembling import page_of_text
from cyberex.documents.kit.edition import Edition, footer_of
from cyberex.documents.kit.page import Page
from cyberex.documents.kit.pdf import press
from cyberex.documents.kit.slides import slides_file
from cyberex.documents.kit.texts import KITS, KitText
from cyberex.documents.kit.word import word_file
from cyberex.documents.kit.workbook import workbook_file
from cyberex.i18n import language

FOLDERS = {
    "fr": {"animator": "animateur", "participant": "participant", "communication": "communication"},
    "en": {"animator": "animator", "participant": "participant", "communication": "communication"},
}


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the set: where it goes, which text it is, what it holds."""

    path: PurePosixPath
    text: KitText
    content: bytes


def chosen_texts(texts: Sequence[KitText], edition: Edition) -> list[KitText]:
    """Those of the level and sector played, in the order of their folders."""
    kept = [text for text in texts if text.concerns(edition.plan.level, edition.plan.sector)]
    return sorted(kept, key=lambda text: (KITS.index(text.kit), text.order, text.id))


def kit_files(texts: Sequence[KitText], edition: Edition) -> Iterator[Made]:
    """Every document in each of its formats: the press works beside, page after page."""
    taken = set[PurePosixPath]()
    with (
        press(edition.particulars.logo, edition.game.room_now) as made_by,
        ThreadPoolExecutor(1) as beside,
    ):
        jobs: list[tuple[PurePosixPath, KitText, Page, Future[bytes] | None]] = []
        for text in chosen_texts(texts, edition):
            page = page_of_text(text, edition, footer_of(edition, text.readers))
            folder = PurePosixPath(FOLDERS[language()][text.kit])
            stem = _free(folder / page.name, taken)
            made = made_by.slides if "pptx" in text.formats else made_by.pdf
            pdf = beside.submit(made, page) if "pdf" in text.formats else None
            jobs.append((stem, text, page, pdf))
        for stem, text, page, pdf in jobs:
            for shape in sorted(text.formats, key=lambda shape: (shape == "pdf", shape)):
                if pdf is not None and shape == "pdf":
                    content = pdf.result()
                else:
                    content = _content(shape, text, page, edition)
                yield Made(stem.with_name(f"{stem.name}.{shape}"), text, content)


def _free(path: PurePosixPath, taken: set[PurePosixPath]) -> PurePosixPath:
    """Two texts with the same title and order keep a file each."""
    found, number = path, 2
    while found in taken:
        found, number = path.with_name(f"{path.name}-{number}"), number + 1
    taken.add(found)
    return found


def _content(shape: str, text: KitText, page: Page, edition: Edition) -> bytes:
    match shape:
        case "docx":
            return word_file(page)
        case "pptx":
            return slides_file(page)
        case "xlsx":
            return workbook_file(page)
        case "ics":
            return agenda_file(page, edition, meetings=text.readers == "animation")
        case _:
            raise ValueError(shape)


def write_kit(texts: Sequence[KitText], edition: Edition, folder: Path) -> list[Path]:
    """Every file into a new sub-folder of `folder`, `…-2` if there is one already.

    UserError if that cannot be written.
    """
    stamp = f"{edition.game.room_now:%Y-%m-%d-%Hh%M}"
    try:
        root = new_folder(folder, f"kit-{stamp}")
        found = []
        for made in kit_files(texts, edition):
            path = root / made.path
            path.parent.mkdir(exist_ok=True)
            with path.open("xb") as file:
                file.write(made.content)
            found.append(path)
    except OSError as error:
        raise unwritable(folder, error) from error
    return found
