"""What a YAML syntax error means to someone who has never read the YAML specification."""

import re

import yaml

from cyberex.i18n import _
from cyberex.problems import Problem
from cyberex.scenario.source import Mark, SourceMap

# Applied to lines without their last blanks: a lazy value before `\s*$` would be quadratic.
_KEY_AND_VALUE = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:#'\"]+):[ \t]+(?P<value>\S.*)$")
_NO_BREAK_SPACE = re.compile(
    r"^(?P<before> *(?:- +)?(?:-|[A-Za-z0-9_-]+:)?)(?P<space>[\u00a0\u2007\u202f])"
)
_MAX_LINE = 400
# A value that YAML did not see makes a mistake of one of the next lines.
_LINES_BEFORE = 3


def syntax_problem(error: yaml.MarkedYAMLError, source: SourceMap) -> Problem:
    """The syntax error as one problem with a place, a sentence and what to write instead."""
    at = error.problem_mark or error.context_mark
    line_number = min(at.line if at else 0, len(source.lines) - 1)
    column = at.column if at else 0
    if at and line_number < at.line:
        column = len(source.lines[line_number])
    mark = Mark(line_number + 1, column + 1, line_number + 1, column + 2)
    line = _start_of(source.lines[line_number])
    told = error.problem or ""
    context = error.context or ""
    unseen = _no_break_space(line_number, source)
    if unseen is not None:
        return unseen
    if re.match(r"^ *\t", line):
        return _tab(line, mark, source)
    if "mapping values are not allowed" in told or "mapping keys are not allowed" in told:
        return _colon(line, mark, source)
    if "quoted scalar" in context or "double-quoted" in context:
        return _quotes(error, mark, source)
    if "flow" in context or "expected node content" in told or "expected the node content" in told:
        return _brackets(error, mark, source)
    if "cannot start any token" in told or "scanning an a" in context or "tag" in context:
        return _first_character(mark, source)
    if "comment or" in told:
        return source.problem_at(
            mark,
            code="text-after-bar",
            message=_("nothing follows '|' or '>' on its line"),
            hint=_("write the text on the next lines, indented"),
        )
    if "could not find expected ':'" in told:
        return _not_a_key(error, mark, source)
    opened = error.context_mark
    if opened is not None and _lacks_dash(line, opened, source):
        return missing_dash(mark, source)
    return _structure(line, mark, source)


def _start_of(line: str) -> str:
    return line[:_MAX_LINE].rstrip()


def _quoted(line: str) -> str:
    """What to write for the whole line, its value between quotes that its text allows."""
    found = _KEY_AND_VALUE.match(line)
    if not found:
        return ""
    value = found["value"]
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        value = value[1:-1]
    if '"' in value and "'" not in value:
        return f"{found['key']}: '{value}'"
    text = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{found["key"]}: "{text}"'


def _no_break_space(line_number: int, source: SourceMap) -> Problem | None:
    for number in range(max(0, line_number - _LINES_BEFORE), line_number + 1):
        found = _NO_BREAK_SPACE.match(_start_of(source.lines[number]))
        if found is not None:
            column = found.start("space") + 1
            return source.problem_at(
                Mark(number + 1, column, number + 1, column + 1),
                code="no-break-space",
                message=_("a no-break space stands where an ordinary space is needed"),
                hint=_("delete it and type a space: it often comes with a copy from a document"),
            )
    return None


def _lacks_dash(line: str, opened: yaml.Mark, source: SourceMap) -> bool:
    """True if `line` begins as the items of the list do that was `opened`, but for the dash."""
    first = re.match(r" *- +(?P<key>[\w-]+):", source.lines[opened.line])
    here = re.match(r" *(?P<key>[\w-]+):", line)
    return first is not None and here is not None and first["key"] == here["key"]


def missing_dash(mark: Mark, source: SourceMap) -> Problem:
    """An item of a list that begins without its dash, at `mark`."""
    return source.problem_at(
        mark,
        code="missing-dash",
        message=_("a dash is missing: here begins another item of the list"),
        hint=_("begin this line with '- ', aligned with the other items"),
    )


def _tab(line: str, mark: Mark, source: SourceMap) -> Problem:
    column = line.index("\t") + 1
    return source.problem_at(
        Mark(mark.line, column, mark.line, column + 1),
        code="tab",
        message=_("a tab is used to indent"),
        hint=_("indent with spaces, two a level"),
    )


def _colon(line: str, mark: Mark, source: SourceMap) -> Problem:
    found = _KEY_AND_VALUE.match(line)
    if found and found["key"] == "otherwise":
        hint = _("write 'otherwise:' and, on the next line, indented, 'play: the-item'")
    elif found and ":" in found["value"]:
        hint = _("add quotes: {line}").format(line=_quoted(line))
    else:
        hint = _(
            "indent this line as the one above; if it goes on with the text above, "
            "add quotes around that text"
        )
    return source.problem_at(
        mark, code="colon", message=_("a ':' is not allowed here without quotes"), hint=hint
    )


def _quotes(error: yaml.MarkedYAMLError, mark: Mark, source: SourceMap) -> Problem:
    if "end of stream" in (error.problem or "") or "document" in (error.problem or ""):
        start = error.context_mark or error.problem_mark
        if start is not None:
            mark = Mark(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        return source.problem_at(
            mark,
            code="open-quote",
            message=_("these quotes are never closed"),
            hint=_("close them at the end of the text"),
        )
    before = source.lines[mark.line - 1][: mark.column - 1]
    if before.endswith("\\") and not before.endswith("\\\\"):
        # The pure Python parser points after the backslash, the C one at it.
        mark = Mark(mark.line, mark.column - 1, mark.line, mark.column)
    return source.problem_at(
        mark,
        code="escape",
        message=_("'\\' begins an escape that does not exist"),
        hint=_("write '\\\\' for a backslash, or use single quotes"),
    )


def _brackets(error: yaml.MarkedYAMLError, mark: Mark, source: SourceMap) -> Problem:
    line = source.lines[mark.line - 1]
    if "${" in line:
        hint = _("put quotes around a text with '${name}' inside brackets")
    else:
        hint = _("close the bracket, or put quotes around a text that begins with one")
    opened = error.context_mark
    if opened is not None and opened.line + 1 != mark.line:
        hint = _("the bracket opened on line {line} is not closed").format(line=opened.line + 1)
    return source.problem_at(
        mark, code="bracket", message=_("the brackets are not well formed"), hint=hint
    )


def _first_character(mark: Mark, source: SourceMap) -> Problem:
    line = _start_of(source.lines[mark.line - 1])
    found = _KEY_AND_VALUE.match(line)
    first = found["value"][0] if found else line[mark.column - 1 : mark.column]
    if found:
        column = found.start("value") + 1
        mark = Mark(mark.line, column, mark.line, column + 1)
    return source.problem_at(
        mark,
        code="first-character",
        message=_("a text cannot begin with '{char}' without quotes").format(char=first),
        hint=_("add quotes: {line}").format(line=_quoted(line) or '"…"'),
    )


def _not_a_key(error: yaml.MarkedYAMLError, mark: Mark, source: SourceMap) -> Problem:
    start = error.context_mark
    if start is not None:
        line = source.lines[start.line]
        mark = Mark(start.line + 1, start.column + 1, start.line + 1, len(line.rstrip()) + 1)
    return source.problem_at(
        mark,
        code="not-a-key",
        message=_("'key: value' is expected here"),
        hint=_("a text of several lines is indented, after 'text: |'"),
    )


def _structure(line: str, mark: Mark, source: SourceMap) -> Problem:
    found = _KEY_AND_VALUE.match(line)
    if found and found["value"][0] in "\"'" and mark.column > found.start("value") + 1:
        quote = found["value"][0]
        return source.problem_at(
            mark,
            code="quote-inside",
            message=_("the text ends at the second {quote} and something follows").format(
                quote=quote
            ),
            hint=_("add quotes: {line}").format(line=_quoted(line)),
        )
    return source.problem_at(
        mark,
        code="indentation",
        message=_("this line does not follow from the ones above"),
        hint=_("align it with its neighbours: keys of one thing stand in one column"),
    )
