"""The layout check finds what is wrong with a Word file, names the place, and survives any file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector.export.layout_check import check_document
from inspector.export.layout_profile import Profile
from inspector.export.minutes_docx import Composed
from tests.export.conftest import Change, part, rewritten

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
HEADER, CORE = "word/header1.xml", "docProps/core.xml"


@dataclass(frozen=True)
class Defect:
    """A change that breaks a good document: the rule it breaks, and whether the schema validator sees it too."""

    rule: str
    name: str
    change: Change
    severity: str = "error"

    def __str__(self) -> str:
        return self.rule


def sub(pattern: str, replacement: str, count: int = 1) -> Change:
    return lambda xml: re.sub(pattern, replacement, xml, count=count, flags=re.DOTALL)


def paragraph_of(text: str, pattern: str, replacement: str) -> Change:
    """Changes the paragraph that holds a text."""

    def change(xml: str) -> str:
        at = xml.index(text)
        begin, end = xml.rindex("<w:p>", 0, at), xml.index("</w:p>", at)
        return xml[:begin] + re.sub(pattern, replacement, xml[begin:end], count=1) + xml[end:]

    return change


def style_of(name: str, pattern: str, replacement: str) -> Change:
    """Changes the definition of a style."""

    def change(xml: str) -> str:
        at = xml.index(f'<w:name w:val="{name}"/>')
        begin, end = xml.rindex("<w:style ", 0, at), xml.index("</w:style>", at)
        return xml[:begin] + re.sub(pattern, replacement, xml[begin:end]) + xml[end:]

    return change


STRUCTURE = (
    Defect("XML-BLOCK", DOCUMENT, sub(r"<w:t [^>]*>BIÊN BẢN</w:t>", "<w:t>BIÊN <w:p/>BẢN</w:t>"), "broken"),
    Defect("XML-BLOCK", DOCUMENT, sub(r"<w:body>", "<w:body><w:r><w:t>x</w:t></w:r>"), "broken"),
    Defect("XML-CELL", DOCUMENT, sub(r"(<w:tc><w:tcPr>.*?</w:tcPr>).*?</w:tc>", r"\1</w:tc>"), "broken"),
    Defect(
        "XML-TBL0",
        DOCUMENT,
        sub(r"<w:sectPr>", '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid></w:tbl><w:sectPr>'),
        "broken",
    ),
    Defect("XML-GRID", DOCUMENT, sub(r'<w:gridCol w:w="\d+"/>', "", 1), "broken"),
    Defect("XML-BOOKMARK", DOCUMENT, sub(r"<w:body>", '<w:body><w:bookmarkStart w:id="1" w:name="a"/>'), "broken"),
    Defect("XML-STYLE", DOCUMENT, sub(r'w:val="BBDoan"', 'w:val="KhongCo"'), "error"),
    Defect("XML-DOCPR", DOCUMENT, sub(r'<wp:docPr id="2"', '<wp:docPr id="1"'), "broken"),
    Defect("XML-FIELD", HEADER, sub(r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""), "broken"),
    Defect("XML-SECT", DOCUMENT, sub(r"<w:sectPr>(?!.*<w:sectPr>).*</w:sectPr>", ""), "broken"),
    Defect("PKG-RID", DOCUMENT, sub(r'r:embed="[^"]+"', 'r:embed="rId999"'), "broken"),
    Defect("PKG-XML", DOCUMENT, sub(r"</w:body>", ""), "broken"),
    Defect("PKG-CT", "[Content_Types].xml", sub(r'<Default Extension="jpeg"[^>]*/>', ""), "broken"),
    Defect("PKG-REL", "word/_rels/document.xml.rels", sub(r"styles\.xml", "khong-co.xml"), "broken"),
)

TEXT = (
    Defect("TXT-BRACE", DOCUMENT, sub(r"BIÊN BẢN</w:t>", "BIÊN BẢN {{ so }}</w:t>"), "broken"),
    Defect(
        "TXT-BRACE",
        DOCUMENT,
        sub(r"BIÊN BẢN</w:t></w:r>", "BIÊN BẢN{</w:t></w:r><w:r><w:t>{ so }}</w:t></w:r>"),
        "broken",
    ),
    Defect("TXT-BRACE", HEADER, sub(r"<w:t>2</w:t>", "<w:t>{{ trang }}</w:t>"), "broken"),
    Defect("TXT-BRACE", CORE, sub(r"<dc:subject>.*?</dc:subject>", "<dc:subject>{{ x }}</dc:subject>"), "broken"),
    Defect("TXT-NFC", DOCUMENT, sub(r"Gò Sen", "Go\u0300 Sen")),
    Defect("TXT-UFFFD", DOCUMENT, sub(r"Gò Sen", "G\ufffd Sen")),
    Defect("TXT-LEFT", DOCUMENT, sub(r"Gò Sen", "None"), "advice"),
    Defect("PROP-TITLE", CORE, sub(r"<dc:title>.*?</dc:title>", ""), "advice"),
    Defect("PROP-AUTHOR", CORE, sub(r"<dc:creator>.*?</dc:creator>", "<dc:creator>python-docx</dc:creator>"), "advice"),
    Defect("PROP-LANG", CORE, sub(r"vi-VN", "en-US"), "advice"),
    Defect("PROP-TIME", CORE, sub(r"<dcterms:created.*?</dcterms:created>", ""), "advice"),
)

LOOKS = (
    Defect("FONT-DEFAULT", STYLES, sub(r'w:cs="Times New Roman"', 'w:cs="Calibri"')),
    Defect("FONT-RUN", STYLES, style_of("BB Đoạn", "<w:rPr>", '<w:rPr><w:rFonts w:ascii="Arial"/>')),
    Defect("LANG-DEFAULT", STYLES, sub(r'w:lang w:val="vi-VN"', 'w:lang w:val="pt-BR"'), "advice"),
    Defect("LANG-RUN", DOCUMENT, sub(r"<w:r><w:t", '<w:r><w:rPr><w:lang w:val="nl-NL"/></w:rPr><w:t'), "advice"),
    Defect("COMPAT-MODE", SETTINGS, sub(r'(compatibilityMode"[^>]*w:val=)"15"', r'\1"14"'), "advice"),
    Defect("COLOR", DOCUMENT, sub(r"<w:r><w:t", '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t')),
    Defect("PAGE-SIZE", DOCUMENT, sub(r'w:pgSz w:w="11906" w:h="16838"', 'w:pgSz w:w="12240" w:h="15840"')),
    Defect("PAGE-ORIENT", DOCUMENT, sub(r'w:pgSz w:w="11906" w:h="16838"', 'w:pgSz w:w="16838" w:h="11906"')),
    Defect("PAGE-MARGIN", DOCUMENT, sub(r'w:left="1701"', 'w:left="1134"')),
    Defect("PAGE-NUM", HEADER, sub(r"<w:r>.*</w:r>", "")),
    Defect("PAGE-FIRST", DOCUMENT, sub(r"<w:titlePg/>", "")),
    Defect("QUOC-HIEU", STYLES, style_of("BB Quốc hiệu", "<w:b/>", "")),
    Defect("QUOC-HIEU", DOCUMENT, sub(r'(w:gridCol w:w="3742"/><w:gridCol w:w=)"5613"', r'\1"5000"')),
    Defect("TIEU-NGU", DOCUMENT, sub(r"Độc lập - Tự do", "Độc lập – Tự do")),
    Defect("TIEU-NGU-LINE", STYLES, style_of("BB Đường kẻ", "<w:pBdr>.*</w:pBdr>", "")),
    Defect("CO-QUAN-LINE", STYLES, style_of("BB Đường kẻ", "<w:pBdr>.*</w:pBdr>", "")),
    Defect("TRICH-YEU-LINE", STYLES, style_of("BB Đường kẻ", "<w:pBdr>.*</w:pBdr>", "")),
    Defect("SIZE-PAIR", STYLES, style_of("BB Quốc hiệu", '"26"', '"24"')),
    Defect("CO-QUAN", STYLES, style_of("BB Cơ quan ban hành", "<w:b/>", "")),
    Defect("SO-KY-HIEU", DOCUMENT, sub(r"05/BB-ĐKT", "05 / BB-ĐKT")),
    Defect("SO-KY-HIEU", DOCUMENT, sub(r"05/BB-ĐKT", "5/BB-ĐKT")),
    Defect("DIA-DANH", DOCUMENT, sub(r"ngày 05 tháng 02 năm 2026</w:t>", "ngày 5 tháng 2 năm 2026</w:t>")),
    Defect("DIA-DANH", STYLES, style_of("BB Địa danh", "<w:i/>", "")),
    Defect("HEADER-TABLE", DOCUMENT, sub(r'<w:tblLayout w:type="fixed"/>', "")),
    Defect("TITLE", DOCUMENT, sub(r">BIÊN BẢN<", ">THÔNG BÁO<")),
    Defect("TRICH-YEU", STYLES, style_of("BB Trích yếu", "<w:b/>", "")),
    Defect("CAN-CU", STYLES, style_of("BB Căn cứ", "<w:i/>", "")),
    Defect("CAN-CU", DOCUMENT, sub(r"hành chính năm 2026;<", "hành chính năm 2026,<"), "advice"),
    Defect("BODY-SIZE", STYLES, style_of("BB Đoạn", '"28"', '"24"')),
    Defect("BODY-MIXED", STYLES, style_of("BB Đoạn", '"28"', '"26"'), "advice"),
    Defect("BODY-JUSTIFY", STYLES, style_of("BB Đoạn", '"both"', '"left"')),
    Defect("BODY-INDENT", STYLES, style_of("BB Đoạn", 'w:firstLine="720"', 'w:firstLine="200"'), "advice"),
    Defect("BODY-SPACE", STYLES, style_of("BB Đoạn", 'w:after="120"', 'w:after="0"')),
    Defect("BODY-LINE", STYLES, style_of("BB Đoạn", 'w:line="276"', 'w:line="480"')),
    Defect("BODY-EMPTY", DOCUMENT, sub(r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\")", r"<w:p/><w:p/>\1"), "advice"),
    Defect("END-MARK", DOCUMENT, sub(r"\./\.<", ".<")),
    Defect("SIGN", STYLES, style_of("BB Chức danh ký", "<w:b/>", "")),
    Defect("SIGN-KEEP", STYLES, style_of("BB Kết thúc", "<w:keepNext/>", "")),
    Defect("SIGN-KEEP", STYLES, style_of("BB Ghi chú ký", "<w:keepNext/>", "")),
    Defect("NOI-NHAN", DOCUMENT, sub(r"- Lưu: VT", "- Gửi: VT")),
    Defect("NOI-NHAN", STYLES, style_of("BB Nơi nhận dòng", '"22"', '"28"')),
    Defect("PHU-LUC", DOCUMENT, sub(r"\(Kèm theo Biên bản số", "(Theo Biên bản số", 9)),
    Defect("PHU-LUC", DOCUMENT, sub(r'<w:pgNumType w:start="1"/>', "", 2)),
    Defect("TABLE-HEAD", DOCUMENT, sub(r"<w:tblHeader/>", ""), "advice"),
    Defect("TABLE-WIDE", DOCUMENT, sub(r'<w:gridCol w:w="2041"/>', '<w:gridCol w:w="4041"/>')),
    Defect("TABLE-SIZE", STYLES, style_of("BB Bảng chữ", '"24"', '"16"')),
    Defect("IMG-ALT", DOCUMENT, sub(r' descr="[^"]*"', ""), "advice"),
    Defect("IMG-WIDE", DOCUMENT, sub(r'<wp:extent cx="\d+"', '<wp:extent cx="99999999"')),
)


@pytest.mark.parametrize("defect", STRUCTURE + TEXT + LOOKS, ids=str)
def test_a_defect_is_found(defect: Defect, composed: Callable[[str], Composed], profile: Profile) -> None:
    broken = rewritten(composed("full").data, {defect.name: defect.change})
    found = {(problem.rule, problem.severity) for problem in check_document(broken, profile)}
    assert (defect.rule, defect.severity) in found


SEEDED = {
    "a paragraph inside text": (STRUCTURE[0], True),
    "a run in the body": (STRUCTURE[1], True),
    "a cell without paragraph": (STRUCTURE[2], True),
    "a table without rows": (STRUCTURE[3], True),
    "a grid too short": (STRUCTURE[4], True),
    "a bookmark without end": (STRUCTURE[5], True),
    "an unknown style": (STRUCTURE[6], True),
    "two drawings with one id": (STRUCTURE[7], True),
    "a field without end": (STRUCTURE[8], True),
    "a relation that is not there": (STRUCTURE[10], True),
    "a part cut off": (STRUCTURE[11], True),
    "a missing content type": (STRUCTURE[12], True),
    "a relation to no part": (STRUCTURE[13], True),
    "children in the wrong order": (
        Defect("", DOCUMENT, sub(r"(<w:pgSz [^>]*/>)(<w:pgMar [^>]*/>)", r"\2\1")),
        False,
    ),
    "a value that is none": (Defect("", DOCUMENT, sub(r'w:hRule="atLeast"', 'w:hRule="vua-du"')), False),
}


@pytest.mark.parametrize("name", SEEDED)
def test_each_of_fifteen_defects_is_found_by_our_check_or_by_the_schema(
    name: str, composed: Callable[[str], Composed], profile: Profile, tmp_path: Path
) -> None:
    """Order of children and values of enumerations are left to openxml-audit; our check finds all the others."""
    defect, ours = SEEDED[name]
    broken = rewritten(composed("full").data, {defect.name: defect.change})
    by_us = [problem for problem in check_document(broken, profile) if problem.severity in ("broken", "error")]
    assert bool(by_us) == ours
    if not ours:
        assert schema_finds(broken, tmp_path)


def schema_finds(data: bytes, folder: Path) -> bool:
    from openxml_audit import FileFormat, OpenXmlValidator

    path = folder / "document.docx"
    path.write_bytes(data)
    return bool(OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors)


def test_a_part_twice_in_the_package_is_found(composed: Callable[[str], Composed], profile: Profile) -> None:
    data = io.BytesIO(composed("empty").data)
    with zipfile.ZipFile(data, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("word/styles.xml", "<x/>")
    assert "PKG-DUP" in {problem.rule for problem in check_document(data.getvalue(), profile)}


def test_a_problem_names_paragraph_and_text(composed: Callable[[str], Composed], profile: Profile) -> None:
    broken = rewritten(composed("full").data, {DOCUMENT: sub("Tổ hỗ trợ lưu động", "Tổ {{ x }} hỗ trợ lưu động")})
    (problem,) = check_document(broken, profile)
    assert re.fullmatch(r"đoạn \d+ \(“Tổ \{\{ x \}\} hỗ trợ lưu động.*”\)", problem.where)
    assert problem.sentence == "Còn thẻ mẫu chưa được điền. Hãy xóa hoặc điền thẻ này."


def test_table_problems_name_the_table(composed: Callable[[str], Composed], profile: Profile) -> None:
    broken = rewritten(composed("full").data, {DOCUMENT: sub(r"<w:tblHeader/>", "")})
    assert [problem.where for problem in check_document(broken, profile)] == ["bảng 2"]


def test_the_gravest_problem_comes_first(composed: Callable[[str], Composed], profile: Profile) -> None:
    broken = rewritten(
        composed("full").data,
        {DOCUMENT: lambda xml: sub(r"<w:tblHeader/>", "")(sub(r">BIÊN BẢN<", ">{{ x }}<")(xml))},
    )
    severities = [problem.severity for problem in check_document(broken, profile)]
    assert severities == sorted(severities, key=("broken", "error", "advice").index)
    assert severities[0] == "broken"


def test_theme_fonts_are_resolved(composed: Callable[[str], Composed], profile: Profile) -> None:
    theme = sub(r'w:ascii="Times New Roman"', 'w:asciiTheme="minorHAnsi"')
    assert check_document(rewritten(composed("full").data, {STYLES: theme}), profile) == []
    other = rewritten(
        composed("full").data,
        {STYLES: theme, "word/theme/theme1.xml": lambda xml: xml.replace("Times New Roman", "Cambria")},
    )
    assert "FONT-DEFAULT" in {problem.rule for problem in check_document(other, profile)}


def test_indents_as_libreoffice_writes_them_are_read(composed: Callable[[str], Composed], profile: Profile) -> None:
    changed = sub(r'<w:ind w:left="(\d+)" w:right="(\d+)"/>', r'<w:ind w:start="\1" w:end="\2"/>', 99)
    assert check_document(rewritten(composed("full").data, {DOCUMENT: changed}), profile) == []


HOSTILE = {
    "empty": b"",
    "text": "Đây không phải tệp Word".encode(),
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut off": b"PK\x03\x04 and no more",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_word_file_gets_a_sentence(name: str, profile: Profile) -> None:
    (problem,) = check_document(HOSTILE[name], profile)
    assert (problem.rule, problem.severity) == ("PKG-ZIP", "broken")
    assert problem.sentence.endswith(".")


def test_another_kind_of_zip_gets_a_sentence(profile: Profile) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    assert check_document(out.getvalue(), profile)[0].severity == "broken"


def test_a_missing_file_gets_a_sentence(profile: Profile, tmp_path: Path) -> None:
    (problem,) = check_document(tmp_path / "khong-co.docx", profile)
    assert problem.sentence.startswith("Không đọc được tệp")


def test_a_zip_bomb_is_not_unpacked(composed: Callable[[str], Composed], profile: Profile) -> None:
    bomb = rewritten(composed("empty").data, drop=(DOCUMENT,), add={DOCUMENT: b" " * (60 << 20)})
    assert len(bomb) < 200_000
    (problem,) = check_document(bomb, profile)
    assert "quá lớn" in problem.sentence


def test_entities_are_not_expanded(composed: Callable[[str], Composed], profile: Profile) -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    hostile = rewritten(composed("empty").data, {DOCUMENT: sub(r"\?>", f"?>{laughs}")})
    assert check_document(hostile, profile)[0].rule == "PKG-XML"


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bytes_never_raise(seed: int, composed: Callable[[str], Composed], profile: Profile) -> None:
    import random

    chance = random.Random(seed)
    data = bytearray(composed("one_finding").data)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = bytes(data[: chance.randrange(len(data))] if seed % 3 == 0 else data)
    assert all(problem.sentence for problem in check_document(cut, profile))


@pytest.mark.parametrize("seed", range(60))
def test_changed_markup_never_raises(seed: int, composed: Callable[[str], Composed], profile: Profile) -> None:
    """Well-formed nonsense: elements renamed, numbers replaced, pieces dropped."""
    import random

    chance = random.Random(seed)
    names = [DOCUMENT, STYLES, "word/numbering.xml", SETTINGS, HEADER]

    def disturbed(xml: str) -> str:
        words = sorted(set(re.findall(r'w:[a-zA-Z]+="[^"]*"', xml)))
        chosen = chance.sample(words, min(4, len(words)))
        for word in chosen:
            xml = xml.replace(
                word, f'{word.partition("=")[0]}="{chance.choice(["", "x", "-1", "1e999", "99999999999"])}"'
            )
        tags = sorted(set(re.findall(r"<(w:[a-zA-Z]+)[ />]", xml)) - {"w:document", "w:body"})
        victim = chance.choice(tags)
        return re.sub(rf"(</?){victim}(?=[ />])", r"\1w:la", xml) + " "

    broken = rewritten(composed("full").data, {chance.choice(names): disturbed})
    assert all(problem.sentence for problem in check_document(broken, profile))


def test_what_the_check_reads_is_what_is_written(composed: Callable[[str], Composed]) -> None:
    assert "<w:tblHeader/>" in part(composed("full").data)
