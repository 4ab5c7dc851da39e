"""What a filled document still needs before it may be read by Word: measured lines, ids, language, properties."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from itertools import count
from typing import Any

from lxml import etree

from inspector.export.layout_profile import Element, Profile, twips
from inspector.export.text_width import balanced, longest_line
from inspector.export.word.names import PIC, WP, W

_MM_PER_TWIP = 25.4 / 1440
_SLACK = 4.0
"""Millimetres a line may be longer than measured before it wraps otherwise than it should."""


def style_ids(styles: Any) -> dict[str, str]:
    """Paragraph style id by lower-case name. Ids differ from one Word to another, names do not."""
    found = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and style.get(f"{W}type") == "paragraph":
            found[unicodedata.normalize("NFC", name.get(f"{W}val", "")).lower()] = style.get(f"{W}styleId", "")
    return found


def normalise(root: Any) -> None:
    """NFC everywhere, no language set on single runs or styles: the document has one language."""
    for text in root.iter(f"{W}t"):
        if text.text and not unicodedata.is_normalized("NFC", text.text):
            text.text = unicodedata.normalize("NFC", text.text)
    for language in list(root.iter(f"{W}lang")):
        properties = language.getparent()
        if properties.getparent().tag != f"{W}rPrDefault":
            properties.remove(language)


def number_drawings(root: Any) -> None:
    """One id for each drawing: Word calls a document with equal ids unreadable."""
    ids = count(1)
    for drawing in root.iter(f"{WP}docPr"):
        drawing.set("id", str(next(ids)))
    for picture in root.iter(f"{PIC}cNvPr"):
        picture.set("id", "0")


def measure_rules(root: Any, profile: Profile, styles: dict[str, str]) -> None:
    """Gives every rule line its length by the text above it: the whole of tiêu ngữ, a part of the others."""
    by_id = {styles[one.style.lower()]: one for one in profile.elements.values() if one.style.lower() in styles}
    rule = styles.get(profile.elements["rule"].style.lower())
    for paragraph in root.iter(f"{W}p"):
        if _style_of(paragraph) == rule:
            _measure_rule(paragraph, profile, by_id)


def _measure_rule(rule: Any, profile: Profile, by_id: dict[str, Element]) -> None:
    above = rule.getprevious()
    element = by_id.get(_style_of(above) or "") if above is not None else None
    if element is None:
        return
    box = _box_width(rule, profile)
    text = "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in above.iter(f"{W}t", f"{W}br"))
    length = longest_line(profile, text, element.size, box, bold=element.bold, italic=element.italic)
    if element is not profile.elements["motto"]:
        length *= profile.rule_share.use
    indent = str(max(0, twips((box - length) / 2)))
    _set_indent(rule, indent)


def _box_width(paragraph: Any, profile: Profile) -> float:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    width = cell.find(f"{W}tcPr/{W}tcW") if cell is not None else None
    if width is None:
        return profile.page.text_width
    return float(width.get(f"{W}w", "0")) * _MM_PER_TWIP


def _section_width(paragraph: Any, profile: Profile) -> float:
    """Room between the margins where a paragraph of the body stands; appendices may lie across."""
    for following in (paragraph, *paragraph.itersiblings()):
        section = following if following.tag == f"{W}sectPr" else following.find(f"{W}pPr/{W}sectPr")
        size = section.find(f"{W}pgSz") if section is not None else None
        if size is not None and size.get(f"{W}orient") == "landscape":
            return profile.page.height - profile.page.left.use - profile.page.right.use
        if section is not None:
            break
    return profile.page.text_width


def _set_indent(paragraph: Any, indent: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    old = properties.find(f"{W}ind")
    if old is None:
        old = etree.Element(f"{W}ind")
        before = {
            f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "spacing")
        }
        properties.insert(sum(child.tag in before for child in properties), old)
    old.attrib.clear()
    old.set(f"{W}left", indent)
    old.set(f"{W}right", indent)


def keep_recipients(root: Any, profile: Profile, styles: dict[str, str]) -> None:
    """Moves Nơi nhận into the signatures before it, so that it never stands alone on a last page.

    It goes to the left of the last signature where that place is free, else into a row of its own.
    """
    wanted = {styles.get(profile.elements[key].style.lower()) for key in ("recipients_title", "recipient")}
    title = styles.get(profile.elements["recipients_title"].style.lower())
    for paragraph in root.findall(f"{W}body/{W}p"):
        table = paragraph.getprevious()
        if _style_of(paragraph) != title or table is None or table.tag != f"{W}tbl":
            continue
        lines = [paragraph]
        while lines[-1].getnext() is not None and _style_of(lines[-1].getnext()) in wanted:
            lines.append(lines[-1].getnext())
        free = table.findall(f"{W}tr/{W}tc/{W}tcPr/{W}vMerge[@{W}val='restart']")
        if free:
            cell = free[-1].getparent().getparent()
            cell.extend(lines)
            cell.remove(cell.find(f"{W}p"))
        else:
            _append_row(table, lines)


def balance_titles(root: Any, profile: Profile, styles: dict[str, str]) -> None:
    """Sets centred titles narrower, so that their lines are about as long, without breaking the text itself."""
    elements = [profile.elements[key] for key in ("summary", "appendix_title")]
    by_id = {styles.get(element.style.lower()): element for element in elements}
    for paragraph in root.iterfind(f"{W}body/{W}p"):
        element = by_id.get(_style_of(paragraph))
        if element is None:
            continue
        box = _section_width(paragraph, profile)
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        lines = balanced(profile, text, element.size, box - _SLACK, bold=element.bold)
        if "\n" in lines:
            longest = longest_line(profile, lines, element.size, box, bold=element.bold, italic=element.italic)
            _set_indent(paragraph, str(max(0, twips((box - longest - _SLACK) / 2))))


def _append_row(table: Any, content: list[Any]) -> None:
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    width = sum(int(column.get(f"{W}w", "0")) for column in columns)
    row = etree.SubElement(table, f"{W}tr")
    etree.SubElement(etree.SubElement(row, f"{W}trPr"), f"{W}cantSplit")
    cell = etree.SubElement(row, f"{W}tc")
    properties = etree.SubElement(cell, f"{W}tcPr")
    etree.SubElement(properties, f"{W}tcW").attrib.update({f"{W}w": str(width), f"{W}type": "dxa"})
    etree.SubElement(properties, f"{W}gridSpan").set(f"{W}val", str(len(columns)))
    cell.extend(content)


def _style_of(paragraph: Any) -> str | None:
    if paragraph.tag != f"{W}p":
        return None
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    value = style.get(f"{W}val") if style is not None else None
    return str(value) if value is not None else None


def set_language(styles: Any, settings: Any, profile: Profile) -> None:
    """The language of the document in its defaults, also for the fonts of the theme."""
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is not None:
        language = defaults.find(f"{W}lang")
        if language is None:
            language = etree.SubElement(defaults, f"{W}lang")
        language.set(f"{W}val", profile.language)
        language.set(f"{W}eastAsia", profile.language)
    theme = settings.find(f"{W}themeFontLang") if settings is not None else None
    if theme is not None:
        theme.set(f"{W}val", profile.language)


def set_properties(
    properties: Any, *, title: str, subject: str, author: str, record: str, language: str, at: datetime
) -> None:
    """Our own metadata instead of that of a template: who wrote the template is nobody's business here."""
    made = at.astimezone(UTC).replace(tzinfo=None)
    properties.title = title[:255]
    properties.subject = subject[:255]
    properties.author = author[:255]
    properties.last_modified_by = author[:255]
    properties.identifier = record[:255]
    properties.language = language
    properties.created = made
    properties.modified = made
    properties.revision = 1
    for name in ("comments", "keywords", "category", "content_status", "version"):
        if getattr(properties, name):
            setattr(properties, name, "")


def estimate_pages(root: Any, profile: Profile) -> int:
    """About how many pages the document has, for a hint while it is not laid out by Word."""
    height = 0.0
    for paragraph in root.iter(f"{W}p"):
        letters = sum(len(text.text or "") for text in paragraph.iter(f"{W}t"))
        in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
        height += (1 + letters // 78) * (2.6 if in_table else 6.8) + (0 if in_table else 2.1)
    height += sum(int(extent.get("cy", "0")) / 36000 / 2 for extent in root.iter(f"{WP}extent"))
    return max(1, round(height / (profile.page.height - profile.page.top.use - profile.page.bottom.use) + 0.4))
