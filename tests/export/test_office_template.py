"""A template changed by an office is taken back only if nothing in it can harm, and every fault is named in words."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from inspector.domain.errors import BadInput
from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Profile
from inspector.export.minutes_docx import compose_minutes
from inspector.export.office_template import checked_template, examine_template, export_template
from inspector.export.word.engine import sandbox
from tests.export.conftest import ROOT, Change, part, rewritten
from tests.export.test_minutes_docx import schema_errors
from tests.samples import minutes_samples

DOCUMENT, CORE, RELATIONS = "word/document.xml", "docProps/core.xml", "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
CODE = "{{ cycler.__init__.__globals__.os.getcwd() }}"


def inserted(text: str) -> Change:
    """A paragraph more, at the beginning."""
    return lambda xml: xml.replace("<w:body>", f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>", 1)


def broken(data: bytes, profile: Profile) -> list[Problem]:
    found = examine_template(data, profile)
    assert found.content is None
    return [problem for problem in found.problems if problem.severity == "broken"]


def test_our_own_template_is_taken_without_a_word(template: bytes, profile: Profile) -> None:
    found = examine_template(template, profile)
    assert found.problems == ()
    assert found.content is not None


def test_a_kept_template_prints_what_the_first_printed(template: bytes, profile: Profile) -> None:
    kept = checked_template(template, (ROOT / "resources/layout/nd30.json").read_bytes())
    ours = compose_minutes(minutes_samples.one_finding(), template, profile)
    theirs = compose_minutes(minutes_samples.one_finding(), kept, profile)
    assert part(theirs.data) == part(ours.data)


def test_the_template_is_given_out_with_its_list_of_tags(template: bytes, profile: Profile, tmp_path: Path) -> None:
    kept, tags = export_template(template, profile, tmp_path / "mau.docx")
    assert kept.read_bytes() == template
    text = re.sub("<[^>]+>", "", part(tags.read_bytes()))
    assert "{{ so_ky_hieu }}" in text
    assert "{{p bang_kien_nghi }}" in text
    assert "{%p if co_phu_luc %}" in text


def test_an_office_changes_wording_and_it_is_printed(template: bytes, profile: Profile) -> None:
    changed = rewritten(template, {DOCUMENT: lambda xml: xml.replace("TỒN TẠI, HẠN CHẾ", "NHỮNG VIỆC CHƯA LÀM ĐƯỢC")})
    kept = examine_template(changed, profile).content
    assert kept is not None
    assert "NHỮNG VIỆC CHƯA LÀM ĐƯỢC" in part(compose_minutes(minutes_samples.empty(), kept, profile).data)


TAG_FAULTS = {
    "unknown": ("{{ ten_don_vj }}", "TPL-TAG", "Không có thẻ “ten_don_vj”. Có phải là “ten_don_vi”?"),
    "with marks": ("{{ tên_đơn_vị }}", "TPL-TAG", "Không có thẻ “tên_đơn_vị”. Có phải là “ten_don_vi”?"),
    "nothing like it": ("{{ xyzxyz }}", "TPL-TAG", "Không có thẻ “xyzxyz”. Hãy xem danh sách thẻ."),
    "not closed": ("Số {{ so_ky_hieu", "TPL-BRACE", "Thẻ thiếu dấu mở hoặc dấu đóng"),
    "not opened": ("Số so_ky_hieu }}", "TPL-BRACE", "Thẻ thiếu dấu mở hoặc dấu đóng"),
    "block in a sentence": (
        "Xem {{p ton_tai }}",
        "TPL-BLOCK",
        "Thẻ này phải đứng một mình trong đoạn và viết {{p ton_tai }}",
    ),
    "block without p": ("{{ ton_tai }}", "TPL-BLOCK", "viết {{p ton_tai }}"),
    "text with p": ("{{p so_ban }}", "TPL-BLOCK", "Thẻ này viết trong câu, không có chữ p: {{ so_ban }}"),
    "flag as text": ("{{ truc_tuyen }}", "TPL-FLAG", "“truc_tuyen” chỉ dùng trong lệnh {%p if truc_tuyen %}."),
    "if without end": ("{%p if truc_tuyen %}", "TPL-IF", "Lệnh if chưa có endif"),
    "end without if": ("{%p endif %}", "TPL-IF", "Lệnh endif không có if ở trước"),
    "if over paragraphs": ("{% if truc_tuyen %} a", "TPL-IF", "Lệnh if mở trong đoạn phải đóng ngay trong đoạn đó"),
    "if of nothing known": ("{% if ten_huyen %}a{% endif %}", "TPL-TAG", "Không có thẻ “ten_huyen” để dùng trong if"),
    "loop": ("{% for a in ket_qua %}{% endfor %}", "TPL-CODE", "Lệnh “for a in ket_qua” không được dùng"),
    "row loop": ("{%tr if truc_tuyen %}", "TPL-CODE", "không được dùng"),
    "set": ("{% set a = 1 %}", "TPL-CODE", "không được dùng"),
    "import": ("{% import 'a' as b %}", "TPL-CODE", "không được dùng"),
    "filter": ("{{ so_ban|upper }}", "TPL-CODE", "không phải tên thẻ"),
    "attribute": ("{{ so_ban.__class__ }}", "TPL-CODE", "không phải tên thẻ"),
    "code": (CODE, "TPL-CODE", "không phải tên thẻ"),
    "code in the order of signers": ("{{p khoi_ky(cycler.__init__) }}", "TPL-CODE", "Thẻ có phần không được dùng"),
    "code in an if": ("{% if so_ban.__class__ %}a{% endif %}", "TPL-TAG", "Không có thẻ “__class__”"),
    "comment": ("{# ghi chú #}", "TPL-BRACE", "Thẻ thiếu dấu mở hoặc dấu đóng"),
    "unknown order of signers": (
        "{{p khoi_ky('chu_tich') }}",
        "TPL-TRIAL",
        "Trong khoi_ky có từ “chu_tich” không dùng được",
    ),
}


@pytest.mark.parametrize("name", TAG_FAULTS)
def test_a_fault_in_a_tag_is_named_with_its_paragraph(name: str, template: bytes, profile: Profile) -> None:
    text, rule, sentence = TAG_FAULTS[name]
    (problem, *_) = broken(rewritten(template, {DOCUMENT: inserted(text)}), profile)
    assert problem.rule == rule
    assert sentence in problem.sentence
    if rule != "TPL-TRIAL":
        assert problem.where.startswith("đoạn 1 (“" + text[:20])


def test_a_tag_split_by_the_spelling_check_is_understood(template: bytes, profile: Profile) -> None:
    split = "{</w:t></w:r><w:r><w:t>{ so_</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ban }</w:t></w:r><w:r><w:t>}"
    found = examine_template(rewritten(template, {DOCUMENT: inserted(split)}), profile)
    assert found.content is not None
    assert "{" not in re.sub("<[^>]+>", "", part(compose_minutes(minutes_samples.full(), found.content, profile).data))


def test_curly_quotes_are_understood(template: bytes, profile: Profile) -> None:
    changed = rewritten(template, {DOCUMENT: lambda xml: re.sub(r"khoi_ky\([^)]*\)", "khoi_ky(‘thu_ky’)", xml)})
    assert examine_template(changed, profile).content is not None


def test_signers_keep_their_order_without_brackets(template: bytes, profile: Profile) -> None:
    changed = rewritten(template, {DOCUMENT: lambda xml: re.sub(r"khoi_ky\([^)]*\)", "khoi_ky", xml)})
    assert examine_template(changed, profile).content is not None
    assert "THƯ KÝ" in part(compose_minutes(minutes_samples.full(), changed, profile).data)


def test_code_in_a_property_is_refused(template: bytes, profile: Profile) -> None:
    hostile = rewritten(template, {CORE: lambda xml: re.sub("(<dc:title>).*?(</dc:title>)", rf"\1{CODE}\2", xml)})
    assert broken(hostile, profile)[0].where == "thuộc tính title"
    with pytest.raises(BadInput, match="template-"):
        compose_minutes(minutes_samples.empty(), hostile, profile)


def test_code_in_a_header_is_refused(template: bytes, profile: Profile) -> None:
    hostile = rewritten(
        template, {"word/header2.xml": lambda xml: xml.replace("</w:p>", f"<w:r><w:t>{CODE}</w:t></w:r></w:p>")}
    )
    assert broken(hostile, profile)[0].where.startswith("đầu trang, đoạn 1")
    with pytest.raises(BadInput, match=r"template-not-allowed|template-tag-unknown"):
        compose_minutes(minutes_samples.empty(), hostile, profile)


@pytest.mark.parametrize(
    "code", [CODE, "{{ ''.__class__.__mro__ }}", "{% for a in range(9) %}{% endfor %}", "{{ so_ban|upper }}"]
)
def test_code_is_refused_when_minutes_are_made_too(code: str, template: bytes, profile: Profile) -> None:
    hostile = rewritten(template, {DOCUMENT: inserted(code)})
    with pytest.raises(BadInput, match=r"template-not-allowed|template-tag-unknown"):
        compose_minutes(minutes_samples.empty(), hostile, profile)


@pytest.mark.parametrize(
    "code", [CODE, "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ khong_co }}", "{{ range(10**7) }}"]
)
def test_the_sandbox_behind_the_list_stops_code_too(code: str) -> None:
    with pytest.raises((SecurityError, UndefinedError, OverflowError)):
        sandbox().from_string(code).render()


CARRIED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "macros": (lambda data: rewritten(data, add={"word/vbaProject.bin": b"x"}), "TPL-MACRO"),
    "macro content type": (
        lambda data: rewritten(
            data,
            {
                TYPES: lambda xml: xml.replace(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    "application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            },
        ),
        "TPL-MACRO",
    ),
    "an embedded object": (lambda data: rewritten(data, add={"word/embeddings/oleObject1.bin": b"x"}), "TPL-OLE"),
    "an outside template": (
        lambda data: rewritten(
            data, {RELATIONS: lambda xml: _with_relation(xml, "attachedTemplate", "file:///x.dotm")}
        ),
        "TPL-EXTERNAL",
    ),
    "an outside picture": (
        lambda data: rewritten(
            data, {RELATIONS: lambda xml: _with_relation(xml, "image", "https://example.org/a.png")}
        ),
        "TPL-EXTERNAL",
    ),
    "tracked changes": (
        lambda data: rewritten(
            data,
            {
                DOCUMENT: lambda xml: xml.replace("<w:r>", '<w:ins w:id="1" w:author="a"><w:r>', 1).replace(
                    "</w:r>", "</w:r></w:ins>", 1
                )
            },
        ),
        "TPL-CHANGES",
    ),
    "a comment": (
        lambda data: rewritten(
            data, {DOCUMENT: lambda xml: xml.replace("</w:r>", '</w:r><w:r><w:commentReference w:id="1"/></w:r>', 1)}
        ),
        "TPL-COMMENT",
    ),
}


def _with_relation(xml: str, kind: str, target: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="rId90" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    return xml.replace("</Relationships>", f"{one}</Relationships>")


@pytest.mark.parametrize("name", CARRIED)
def test_what_a_template_may_not_carry_is_refused(name: str, template: bytes, profile: Profile) -> None:
    change, rule = CARRIED[name]
    assert rule in {problem.rule for problem in broken(change(template), profile)}


def test_a_link_to_a_page_may_stay(template: bytes, profile: Profile) -> None:
    linked = rewritten(template, {RELATIONS: lambda xml: _with_relation(xml, "hyperlink", "https://example.org")})
    assert examine_template(linked, profile).content is not None


def test_a_word_template_becomes_a_document(template: bytes, profile: Profile) -> None:
    dotx = rewritten(template, {TYPES: lambda xml: xml.replace("document.main+xml", "template.main+xml")})
    kept = examine_template(dotx, profile).content
    assert kept is not None
    assert "template.main+xml" not in part(kept, TYPES)


def test_the_relation_libreoffice_writes_is_mended(template: bytes, profile: Profile) -> None:
    wrong = "officeDocument/2006/relationships/metadata/core-properties"
    right = "package/2006/relationships/metadata/core-properties"
    saved = rewritten(template, {"_rels/.rels": lambda xml: xml.replace(right, wrong)})
    kept = examine_template(saved, profile).content
    assert kept is not None
    assert right in part(kept, "_rels/.rels")
    assert wrong not in part(kept, "_rels/.rels")


def test_what_the_layout_check_says_is_advice(template: bytes, profile: Profile) -> None:
    narrow = rewritten(template, {DOCUMENT: lambda xml: xml.replace('w:left="1701"', 'w:left="1134"')})
    found = examine_template(narrow, profile)
    assert found.content is not None
    assert {(problem.rule, problem.severity) for problem in found.problems} == {("PAGE-MARGIN", "advice")}


def test_a_missing_essential_tag_is_said(template: bytes, profile: Profile) -> None:
    without = rewritten(template, {DOCUMENT: lambda xml: xml.replace("{{p bang_kien_nghi }}", "Không có")})
    found = examine_template(without, profile)
    assert found.content is not None
    assert "Mẫu không có thẻ “bang_kien_nghi”, phần đó sẽ không được in." in {one.sentence for one in found.problems}


def test_a_missing_style_is_named(template: bytes, profile: Profile) -> None:
    without = rewritten(template, {"word/styles.xml": lambda xml: xml.replace("BB Đoạn đánh số", "Khác")})
    assert "Mẫu thiếu kiểu chữ “BB Đoạn đánh số”" in broken(without, profile)[0].sentence


@pytest.mark.parametrize("data", [b"", b"x", b"\xd0\xcf\x11\xe0" + bytes(100), b"PK\x03\x04"])
def test_what_is_no_word_file_gets_a_sentence(data: bytes, profile: Profile) -> None:
    assert broken(data, profile)[0].sentence.endswith(".")


def test_a_refused_template_says_the_first_reason_and_how_many(template: bytes) -> None:
    bad = rewritten(template, {DOCUMENT: inserted("{{ a }} {{ b }}")})
    with pytest.raises(BadInput) as caught:
        checked_template(bad, (ROOT / "resources/layout/nd30.json").read_bytes())
    assert caught.value.code == "template-refused"
    assert caught.value.params["many"] == 2
    assert caught.value.params["sentence"] == "Không có thẻ “a”. Hãy xem danh sách thẻ."


@pytest.mark.pages
def test_a_template_saved_by_libreoffice_gives_valid_minutes(template: bytes, profile: Profile, tmp_path: Path) -> None:
    (tmp_path / "mau.docx").write_bytes(template)
    office: list[str | Path] = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    converted = [*office, "--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path / "out", tmp_path / "mau.docx"]
    subprocess.run(converted, check=True, capture_output=True)
    kept = examine_template((tmp_path / "out" / "mau.docx").read_bytes(), profile).content
    assert kept is not None
    made = compose_minutes(minutes_samples.full(), kept, profile)
    assert [problem.rule for problem in made.problems if problem.severity != "advice"] == []
    assert schema_errors(made.data, tmp_path) == []


def test_what_libreoffice_writes_otherwise_is_mended(template: bytes, profile: Profile) -> None:
    saved = rewritten(
        template,
        {
            DOCUMENT: lambda xml: xml.replace("<w:cantSplit/>", '<w:cantSplit w:val="true"/>').replace(
                "<w:titlePg/>", '<w:titlePg/><w:docGrid w:charSpace="4294959103"/>'
            ),
            "word/numbering.xml": lambda xml: re.sub(r"(<w:numFmt [^>]*/>)(<w:pStyle [^>]*/>)", r"\2\1", xml),
        },
    )
    kept = examine_template(saved, profile).content
    assert kept is not None
    assert "<w:cantSplit/>" in part(kept)
    assert "4294959103" not in part(kept)
    assert part(kept, "word/numbering.xml").count('"/><w:pStyle') == 3


def test_two_parts_of_one_name_are_refused(template: bytes, profile: Profile) -> None:
    """A relation of the wrong kind hides a part from the program, which then makes its own beside it."""
    changed = rewritten(template, {"_rels/.rels": lambda xml: xml.replace("metadata/core-properties", "metadata/x")})
    (problem,) = broken(changed, profile)
    assert "docProps/core.xml" in problem.sentence


def test_a_part_of_another_kind_than_it_says_is_refused(template: bytes, profile: Profile) -> None:
    header = part(template, "word/header1.xml")
    changed = rewritten(template, {CORE: lambda xml: header})
    (problem,) = broken(changed, profile)
    assert problem.rule == "TPL-TRIAL"
