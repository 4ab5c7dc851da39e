"""Fills a template: docxtpl inside a sandbox, and in front of it a list of the few things a template may say.

A template comes from outside and is never trusted. Before anything is rendered its tags are parsed, and only names,
``if`` over names and ``khoi_ky(…)`` with texts are let through: no attribute, no subscript, no loop, no filter. The
sandbox stands behind that list, not instead of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from inspector.domain.errors import BadInput
from inspector.export.word.names import DECLARED, W
from inspector.export.word.signatures import ORDER_KEYS
from inspector.export.word.tags import TAG_BY_NAME, TAGS

MARK = "\uf8f0"
"""Begins the text of a paragraph that stands for a block until the block itself is put in."""

_OPEN_BRACE, _CLOSE_BRACE = "\uf8f1", "\uf8f2"
_HIDE = str.maketrans({"{": _OPEN_BRACE, "}": _CLOSE_BRACE, MARK: "", _OPEN_BRACE: "", _CLOSE_BRACE: "", "\t": " "})
_SHOW = str.maketrans({_OPEN_BRACE: "{", _CLOSE_BRACE: "}"})
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Call,
)
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


def sandbox() -> SandboxedEnvironment:
    """The environment every template is parsed and rendered in."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def open_template(template: bytes) -> Any:
    """The template as a docxtpl object.

    Raises:
        BadInput: ``template-unreadable``.
    """
    opened = DocxTemplate(io.BytesIO(template))
    try:
        opened.init_docx()
    except (
        Exception
    ) as error:  # python-docx raises whatever it stumbles over: KeyError, ValueError, lxml and zip errors
        raise BadInput("template-unreadable") from error
    return opened


def fill(
    template: bytes, texts: Mapping[str, str], flags: Mapping[str, bool]
) -> tuple[Any, dict[str, tuple[str, ...]]]:
    """The document with its text tags filled, and for each marked paragraph left in it what stands in the brackets.

    Raises:
        BadInput: ``template-unreadable``, ``template-tag-unknown``, ``template-not-allowed``, ``template-syntax``,
            ``template-order-unknown``.
    """
    opened = open_template(template)
    environment = sandbox()
    refuse_foreign_code(opened, environment)
    arguments: dict[str, tuple[str, ...]] = {}
    context: dict[str, object] = {name: text.translate(_HIDE) for name, text in texts.items()}
    context |= flags
    context |= {tag.name: _block_mark(tag.name) for tag in TAGS if tag.kind == "block"}
    context["khoi_ky"] = _SignatureMark(arguments)
    try:
        opened.render(context, environment, autoescape=True)
    except TemplateError as error:
        raise BadInput("template-syntax", reason=str(error)) from error
    except etree.LxmlError as error:
        raise BadInput("template-unreadable") from error
    return opened.docx, arguments


def _block_mark(name: str) -> Markup:
    return Markup(f"<w:p><w:r><w:t>{MARK}{name}</w:t></w:r></w:p>")  # noqa: S704  name is one of ours


class _SignatureMark:
    """The block of signatures: ``khoi_ky('thu_ky', …)`` says the order, ``khoi_ky`` alone leaves it as recorded."""

    def __init__(self, arguments: dict[str, tuple[str, ...]]) -> None:
        self._arguments = arguments

    def __call__(self, *order: str) -> Markup:
        for key in order:
            if key not in ORDER_KEYS:
                raise BadInput("template-order-unknown", key=key, known=", ".join(ORDER_KEYS))
        self._arguments["khoi_ky"] = order
        return _block_mark("khoi_ky")

    def __html__(self) -> str:
        return str(self())


def refuse_foreign_code(opened: Any, environment: SandboxedEnvironment) -> None:
    """Parses every place docxtpl would render and refuses whatever is not on the list."""
    for source in _sources(opened):
        if "{{" not in source and "{%" not in source and "{#" not in source:
            continue
        try:
            tree = environment.parse(source)
        except TemplateError as error:
            raise BadInput("template-syntax", reason=str(error)) from error
        check_tree(tree)


def check_tree(tree: nodes.Template) -> None:
    """Refuses what is not on the list.

    Raises:
        BadInput: ``template-not-allowed``, ``template-tag-unknown``.
    """
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise BadInput("template-not-allowed", what=type(node).__name__)
        if isinstance(node, nodes.Name) and node.name not in TAG_BY_NAME:
            raise BadInput("template-tag-unknown", tag=node.name)
        if isinstance(node, nodes.Call):
            _check_call(node)


def _check_call(node: nodes.Call) -> None:
    plain = not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None
    if not (plain and isinstance(node.node, nodes.Name) and node.node.name == "khoi_ky"):
        raise BadInput("template-not-allowed", what="Call")
    if not all(isinstance(argument, nodes.Const) and isinstance(argument.value, str) for argument in node.args):
        raise BadInput("template-not-allowed", what="Call")


def _sources(opened: Any) -> Iterator[str]:
    yield opened.patch_xml(opened.get_xml())
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _, part in opened.get_headers_footers(uri):
            yield opened.patch_xml(opened.get_part_xml(part))
    for part in opened.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield opened.patch_xml(part.blob.decode("utf-8", "replace"))
    for name in _PROPERTIES:
        yield getattr(opened.docx.core_properties, name)


def put_in_blocks(root: Any, build: Callable[[str], str]) -> None:
    """Replaces every marked paragraph by what ``build`` gives for its name."""
    marked = [text for text in root.iter(f"{W}t") if text.text and text.text.startswith(MARK)]
    for text in marked:
        paragraph = next(text.iterancestors(f"{W}p"))
        previous = paragraph
        for element in parse_blocks(build(text.text[1:])):
            previous.addnext(element)
            previous = element
        paragraph.getparent().remove(paragraph)


def parse_blocks(markup: str) -> Sequence[Any]:
    """The elements of ready WordprocessingML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return list(etree.fromstring(f"<w:body {DECLARED}>{markup}</w:body>", parser))


def leftover_marks(root: Any) -> str | None:
    """A tag that nobody filled, looked for paragraph by paragraph because Word may split it over runs."""
    for paragraph in root.iter(f"{W}p"):
        joined = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        found = _LEFTOVER.search(joined)
        if found:
            return joined[max(0, found.start() - 20) : found.end() + 40]
    return None


def show_braces(root: Any) -> None:
    """Gives braces somebody typed back, marked as not to be proofed so that no check takes them for a tag."""
    for text in root.iter(f"{W}t"):
        if text.text and (_OPEN_BRACE in text.text or _CLOSE_BRACE in text.text):
            text.text = text.text.translate(_SHOW)
            _mark_literal(text.getparent())


def _mark_literal(run: Any) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.SubElement(run, f"{W}rPr")
        run.insert(0, properties)
    if properties.find(f"{W}noProof") is None:
        before = {f"{W}{name}" for name in ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike")}
        place = sum(child.tag in before for child in properties)
        properties.insert(place, etree.Element(f"{W}noProof"))
