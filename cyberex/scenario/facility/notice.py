"""What participants are told about their data: one screen, in the language in use."""

import textwrap

from cyberex.i18n import _, ngettext
from cyberex.scenario.facility.model import Facility

WIDTH = 78


def notice(facility: Facility) -> str:
    """Who keeps what, why, how long, whom to ask, and the rights; it is not a legal opinion."""
    settings = facility.data_notice
    paragraphs = [
        _("Your data in the exercise {title}").format(title=facility.title),
        _(
            "Who. {responsible} is responsible for the data of this exercise, which {facility} "
            "organises."
        ).format(responsible=settings.responsible, facility=facility.facility),
        _(
            "Why. To call and to write to the participants during the exercise, to keep its log, "
            "and to draw its lessons. Nobody is graded, and the data serve nothing else."
        ),
        _(
            "Which. Your name, function, role, telephone numbers and professional mail address, "
            "and what is written in the log during the exercise. Participants are asked never "
            "to cite a real patient, resident or colleague."
        ),
        _(
            "Where. On the computers of the exercise and on its papers. Pages shown on a device "
            "pass through the facility's network. Messages sent by mail pass through its mail "
            "server and stay in its mailboxes. The program sends nothing elsewhere."
        ),
        _(
            "Who reads. Telephone numbers and mail addresses: the animation. What a cell writes on "
            "its pages: that cell, the animation and the observers. The report names functions, "
            "not people."
        ),
        _("How long. Names and contacts: {contacts}. Texts typed by hand: {texts}.").format(
            contacts=_until(settings.keep_contacts_months, or_report=True),
            texts=_until(settings.keep_texts_months, or_report=False),
        ),
        _(
            "Your rights. You may ask to see, correct or erase your data, or object to their use: "
            "write to {contact}. You may also complain to the CNIL."
        ).format(contact=settings.contact),
    ]
    return "\n\n".join(textwrap.fill(text, WIDTH) for text in paragraphs) + "\n"


def _until(months: int, *, or_report: bool) -> str:
    if months == 0:
        return _("erased at the end of the day")
    time = ngettext("{months} month", "{months} months", months).format(months=months)
    if or_report:
        return _("erased with the final report, {time} at most after the exercise").format(
            time=time
        )
    return _("erased {time} after the exercise").format(time=time)
