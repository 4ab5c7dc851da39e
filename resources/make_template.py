"""Writes ``resources/templates/mau-bien-ban.docx``, the minutes template offices start from.

Run from the root of the repository: ``python -m resources.make_template``. The same profile gives the same bytes.
The file is built from nothing: the blank document of a library brings its own paper, fonts, language and author.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from inspector.export.layout_profile import Element, Profile, load_profile, twips

HERE = Path(__file__).parent
PROFILE = HERE / "layout" / "nd30.json"
TEMPLATE = HERE / "templates" / "mau-bien-ban.docx"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = f'xmlns:w="{W}" xmlns:r="{R}"'

STYLE_IDS = {
    "national_title": "BBQuocHieu",
    "motto": "BBTieuNgu",
    "superior": "BBCoQuanChuQuan",
    "issuer": "BBCoQuanBanHanh",
    "number": "BBSoKyHieu",
    "place_date": "BBDiaDanh",
    "title": "BBTenLoai",
    "summary": "BBTrichYeu",
    "banner": "BBTrinhDien",
    "legal_basis": "BBCanCu",
    "body": "BBDoan",
    "dash": "BBGachDauDong",
    "numbered": "BBDoanDanhSo",
    "dots": "BBDongCham",
    "closing": "BBKetThuc",
    "heading_1": "Heading1",
    "heading_2": "Heading2",
    "heading_3": "Heading3",
    "table_title": "BBTenBang",
    "table_head": "BBBangDau",
    "table_text": "BBBangChu",
    "table_number": "BBBangSo",
    "signer": "BBChucDanhKy",
    "signer_note": "BBGhiChuKy",
    "signer_name": "BBHoTenKy",
    "recipients_title": "BBNoiNhan",
    "recipient": "BBNoiNhanDong",
    "appendix": "BBPhuLuc",
    "appendix_title": "BBTenPhuLuc",
    "appendix_reference": "BBKemTheo",
    "photo": "BBAnh",
    "photo_caption": "BBChuThichAnh",
    "rule": "BBDuongKe",
    "break": "BBNgatPhan",
    "page_number": "Header",
}
"""Paragraph style id of each element. Documents find a style by its name, which Word never translates."""

INDENTED = {"legal_basis", "body", "dash", "numbered", "closing", "heading_1", "heading_2", "heading_3"}
KEPT_WITH_NEXT = {
    "closing",
    "heading_1",
    "heading_2",
    "heading_3",
    "table_title",
    "signer",
    "signer_note",
    "recipients_title",
    "appendix",
    "appendix_title",
    "photo",
}
SINGLE = {
    "national_title",
    "motto",
    "superior",
    "issuer",
    "number",
    "place_date",
    "title",
    "summary",
    "table_title",
    "table_head",
    "table_text",
    "table_number",
    "signer",
    "signer_note",
    "signer_name",
    "recipients_title",
    "recipient",
    "photo",
    "photo_caption",
    "page_number",
    "banner",
    "appendix",
    "appendix_title",
}
"""Elements set solid, without the line and paragraph spacing of running text."""

SPACING = {
    "title": (240, 0),
    "banner": (0, 120),
    "table_title": (60, 60),
    "table_head": (30, 30),
    "table_text": (30, 30),
    "table_number": (30, 30),
    "appendix_reference": (0, 160),
    "recipients_title": (120, 0),
    "photo": (60, 40),
    "photo_caption": (0, 60),
    "signer_note": (0, 0),
    "signer_name": (0, 240),
    "break": (0, 100),
    "rule": (0, 120),
}
"""Space before and after in twentieths of a point, where it is not that of its group."""

LINE_EXACTLY = {"rule": 80, "break": 20}
"""Height in twentieths of a point of paragraphs that hold no text."""

OUTLINE = {"heading_1": 0, "heading_2": 1, "heading_3": 2, "appendix": 0}


def build(profile: Profile) -> bytes:
    """The template as the bytes of a .docx."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "word/document.xml": _document(profile),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _styles(profile),
        "word/numbering.xml": _numbering(profile),
        "word/settings.xml": _settings(profile),
        "word/fontTable.xml": _font_table(profile),
        "word/theme/theme1.xml": _theme(profile),
        "word/header1.xml": _header(_PAGE_FIELD),
        "word/header2.xml": _header(""),
        "docProps/core.xml": _core(profile),
        "docProps/app.xml": _app(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode("utf-8"))
    return out.getvalue()


# --- the text of the minutes


def _document(profile: Profile) -> str:
    return f"{DECLARATION}<w:document {ROOT}><w:body>{''.join(_body(profile))}{_section(profile)}</w:body></w:document>"


def _body(profile: Profile) -> Iterator[str]:
    yield _head_table(profile)
    yield _p("title", "{{ ten_loai }}")
    yield _p("summary", "{{ trich_yeu }}")
    yield _rule(profile, 60)
    yield _p("break", "{%p if dong_canh_bao %}")
    yield _p("banner", "{{ dong_canh_bao }}")
    yield _p("break", "{%p endif %}")
    yield _p("legal_basis", "{{p can_cu }}")
    yield from _opening()
    yield from _people_and_scope()
    yield from _results()
    yield from _demands_and_closing()


def _opening() -> Iterator[str]:
    yield _p("break", "{%p if bo_sung %}")
    yield _p(
        "body",
        "Hôm nay, {{ ngay_bat_dau }}, {{ ten_doan }} lập biên bản bổ sung Biên bản kiểm tra công tác cải cách hành "
        "chính đối với {{ ten_don_vi }}.",
    )
    yield _p("break", "{%p elif truc_tuyen %}")
    yield _p(
        "body",
        "Hôm nay, hồi {{ gio_bat_dau }}, {{ ngay_bat_dau }}, tại {{ dia_diem }}, {{ ten_doan }} lập biên bản kiểm tra "
        "công tác cải cách hành chính đối với {{ ten_don_vi }} bằng hình thức trực tuyến, qua báo cáo và kết quả theo "
        "dõi, không làm việc trực tiếp tại đơn vị.",
    )
    yield _p("break", "{%p else %}")
    yield _p(
        "body",
        "Hôm nay, hồi {{ gio_bat_dau }}, {{ ngay_bat_dau }}, tại {{ dia_diem }}, {{ ten_doan }} tiến hành kiểm tra "
        "công tác cải cách hành chính đối với {{ ten_don_vi }}.",
    )
    yield _p("break", "{%p endif %}")


def _people_and_scope() -> Iterator[str]:
    yield _p("heading_1", "THÀNH PHẦN")
    yield _p("heading_2", "Đoàn kiểm tra")
    yield _p("dash", "{{p thanh_phan_doan }}")
    yield _p("break", "{%p if not truc_tuyen %}")
    yield _p("heading_2", "Đơn vị được kiểm tra")
    yield _p("dash", "{{p thanh_phan_don_vi }}")
    yield _p("break", "{%p endif %}")
    yield _p("break", "{%p if not bo_sung %}")
    yield _p("heading_1", "NỘI DUNG, THỜI KỲ VÀ PHƯƠNG PHÁP KIỂM TRA")
    yield _p("heading_2", "Nội dung, phạm vi")
    yield _p("body", "{{p noi_dung_pham_vi }}")
    yield _p("heading_2", "Thời kỳ kiểm tra")
    yield _p("body", "Từ {{ ky_tu_ngay }} đến {{ ky_den_ngay }}.")
    yield _p("heading_2", "Hình thức, phương pháp")
    yield _p("body", "Hình thức kiểm tra: {{ hinh_thuc }}.")
    yield _p("body", "{{p phuong_phap }}")
    yield _p("break", "{%p endif %}")


def _results() -> Iterator[str]:
    yield _p("break", "{%p if bo_sung %}")
    yield _p("heading_1", "NỘI DUNG BỔ SUNG")
    yield _p("break", "{%p else %}")
    yield _p("heading_1", "KẾT QUẢ KIỂM TRA")
    yield _p("break", "{%p endif %}")
    yield _p("body", "{{p ket_qua }}")
    yield _p("break", "{%p if co_muc_chua_kiem_tra %}")
    yield _p("heading_2", "Nội dung chưa kiểm tra")
    yield _p("body", "{{p muc_chua_kiem_tra }}")
    yield _p("break", "{%p endif %}")
    yield _p("break", "{%p if not bo_sung %}")
    yield _p("heading_1", "ƯU ĐIỂM")
    yield _p("body", "{{p uu_diem }}")
    yield _p("break", "{%p if co_cach_lam_hay %}")
    yield _p("heading_1", "CÁCH LÀM HAY, NHÂN TỐ MỚI")
    yield _p("body", "{{p cach_lam_hay }}")
    yield _p("break", "{%p endif %}")
    yield _p("heading_1", "TỒN TẠI, HẠN CHẾ")
    yield _p("body", "{{p ton_tai }}")
    yield _p("heading_1", "NGUYÊN NHÂN")
    yield _p("heading_2", "Nguyên nhân chủ quan")
    yield _p("body", "{{p nguyen_nhan_chu_quan }}")
    yield _p("heading_2", "Nguyên nhân khách quan")
    yield _p("body", "{{p nguyen_nhan_khach_quan }}")


def _demands_and_closing() -> Iterator[str]:
    yield _p("heading_1", "KIẾN NGHỊ, YÊU CẦU KHẮC PHỤC")
    yield _p("body", "{{p bang_kien_nghi }}")
    yield _p("break", "{%p if co_y_kien_don_vi %}")
    yield _p("heading_1", "Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA")
    yield _p("body", "{{p y_kien_don_vi }}")
    yield _p("break", "{%p endif %}")
    yield _p("break", "{%p endif %}")
    yield _p("break", "{%p if co_phu_luc %}")
    yield _p("body", "Kèm theo Biên bản này có {{ so_phu_luc }} phụ lục.")
    yield _p("break", "{%p endif %}")
    yield _p("break", "{%p if bo_sung %}")
    yield _p(
        "closing",
        "Biên bản bổ sung được lập xong {{ ngay_ket_thuc }}, gồm {{ so_trang }} trang, thành {{ so_ban }} bản có giá "
        "trị như nhau{{ noi_giu_ban }}./.",
    )
    yield _p("break", "{%p elif truc_tuyen %}")
    yield _p(
        "closing",
        "Việc kiểm tra kết thúc vào hồi {{ gio_ket_thuc }}, {{ ngay_ket_thuc }}. Biên bản gồm {{ so_trang }} trang, "
        "được lập thành {{ so_ban }} bản có giá trị như nhau{{ noi_giu_ban }}./.",
    )
    yield _p("break", "{%p else %}")
    yield _p(
        "closing",
        "Việc kiểm tra kết thúc vào hồi {{ gio_ket_thuc }}, {{ ngay_ket_thuc }}. Biên bản gồm {{ so_trang }} trang, "
        "được lập thành {{ so_ban }} bản có giá trị như nhau{{ noi_giu_ban }}; đã được đọc lại cho những người có tên "
        "nêu trên cùng nghe và ký xác nhận./.",
    )
    yield _p("break", "{%p endif %}")
    yield _p("signer", "{{p khoi_ky('don_vi', 'truong_doan', 'thu_ky', 'doan', 'khac') }}")
    yield _p("recipients_title", "Nơi nhận:")
    yield _p("recipient", "{{p noi_nhan }}")
    yield _p("break", "{%p if ma_doi_chieu %}")
    yield _p("recipient", "Mã đối chiếu: {{ ma_doi_chieu }}")
    yield _p("break", "{%p endif %}")


def _head_table(profile: Profile) -> str:
    left, right = (twips(column) for column in profile.head_columns)
    rows = (
        (
            _p("superior", "{{ co_quan_chu_quan }}")
            + _p("issuer", "{{ co_quan_ban_hanh }}")
            + _rule(profile, 26, left),
            _p("national_title", profile.national_title) + _p("motto", profile.motto) + _rule(profile, 60, right),
        ),
        (_p("number", "Số: {{ so_ky_hieu }}"), _p("place_date", "{{ dia_danh_ngay }}")),
    )
    cells = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/></w:tcPr>{one}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="{right}" w:type="dxa"/></w:tcPr>{two}</w:tc></w:tr>'
        for one, two in rows
    )
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{left + right}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000"/>'
        '<w:tblCaption w:val="Phần đầu văn bản"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>{cells}</w:tbl>'
    )


def _rule(profile: Profile, length: float, box: int | None = None) -> str:
    """A drawn line: an empty paragraph with a border below; its length is measured anew in each document."""
    indent = ((twips(profile.page.text_width) if box is None else box) - twips(length)) // 2
    style = f'<w:pStyle w:val="{STYLE_IDS["rule"]}"/>'
    return f'<w:p><w:pPr>{style}<w:ind w:left="{indent}" w:right="{indent}"/></w:pPr></w:p>'


def _p(element: str, text: str) -> str:
    style = STYLE_IDS[element]
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _section(profile: Profile) -> str:
    page = profile.page
    margins = " ".join(
        f'w:{side}="{twips(length)}"'
        for side, length in (
            ("top", page.top.use),
            ("right", page.right.use),
            ("bottom", page.bottom.use),
            ("left", page.left.use),
            ("header", page.header),
            ("footer", page.header),
            ("gutter", 0),
        )
    )
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId11"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/><w:pgMar {margins}/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


_PAGE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _header(runs: str) -> str:
    style = STYLE_IDS["page_number"]
    return f'{DECLARATION}<w:hdr {ROOT}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p></w:hdr>'


# --- how it looks


def _styles(profile: Profile) -> str:
    fonts = " ".join(f'w:{slot}="{profile.font}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    size = round(profile.elements["body"].size * 2)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{profile.language}" w:eastAsia="{profile.language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    plain = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    own = "".join(_style(profile, key, element) for key, element in profile.elements.items())
    return f"{DECLARATION}<w:styles {ROOT}>{defaults}{plain}{own}</w:styles>"


def _style(profile: Profile, key: str, element: Element) -> str:
    size = round(element.size * 2)
    weight = ("<w:b/><w:bCs/>" if element.bold else "") + ("<w:i/><w:iCs/>" if element.italic else "")
    outline = f'<w:outlineLvl w:val="{OUTLINE[key]}"/>' if key in OUTLINE else ""
    following = f'<w:next w:val="{STYLE_IDS["body"]}"/>' if key.startswith("heading") else ""
    return (
        f'<w:style w:type="paragraph"{_own_mark(element)} w:styleId="{STYLE_IDS[key]}">'
        f'<w:name w:val={quoteattr(element.style)}/><w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"<w:pPr>{_style_paragraph(profile, key, element)}{outline}</w:pPr>"
        f'<w:rPr>{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _own_mark(element: Element) -> str:
    return ' w:customStyle="1"' if element.style.startswith("BB ") else ""


def _style_paragraph(profile: Profile, key: str, element: Element) -> str:
    keep = "<w:keepNext/>" if key in KEPT_WITH_NEXT else ""
    number = (
        f'<w:numPr><w:ilvl w:val="{OUTLINE[key]}"/><w:numId w:val="1"/></w:numPr>' if key.startswith("heading") else ""
    )
    border = ""
    if key == "rule":
        weight = round(profile.rule_weight * 8)
        border = f'<w:pBdr><w:bottom w:val="single" w:sz="{weight}" w:space="0" w:color="{profile.color}"/></w:pBdr>'
    first = f'<w:ind w:firstLine="{twips(profile.first_line.use)}"/>' if key in INDENTED else ""
    return f'{keep}{number}{border}{_spacing(profile, key)}{first}<w:jc w:val="{element.align}"/>'


def _spacing(profile: Profile, key: str) -> str:
    after = 0 if key in SINGLE else round(profile.space * 20)
    before, after = SPACING.get(key, (0, after))
    line, rule = LINE_EXACTLY.get(key, 0), "exact"
    if not line:
        line, rule = 240 if key in SINGLE else round(profile.line.use * 240), "auto"
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def _numbering(profile: Profile) -> str:
    """I. → 1. → a), tied to the heading styles, so that a section an office adds or drops renumbers the rest."""
    forms = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{twips(profile.first_line.use)}"/></w:pPr></w:lvl>'
        for level, (form, text) in enumerate(forms)
    )
    return (
        f'{DECLARATION}<w:numbering {ROOT}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        f'{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _settings(profile: Profile) -> str:
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f'{DECLARATION}<w:settings {ROOT}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
        f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="{uri}" w:val="1"/>'
        f'<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="{uri}" w:val="1"/>'
        f'<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="{uri}" w:val="1"/>'
        f'</w:compat><w:themeFontLang w:val="{profile.language}"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table(profile: Profile) -> str:
    return (
        f'{DECLARATION}<w:fonts {ROOT}><w:font w:name="{profile.font}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme(profile: Profile) -> str:
    colors = (
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "000000"),
        ("lt2", "FFFFFF"),
        *((f"accent{number}", "000000") for number in range(1, 7)),
        ("hlink", "000000"),
        ("folHlink", "000000"),
    )
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colors)
    face = (
        f'<a:latin typeface="{profile.font}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f'<a:font script="Viet" typeface="{profile.font}"/>'
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{profile.name}">'
        f'<a:themeElements><a:clrScheme name="{profile.name}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{profile.name}"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="{profile.name}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


# --- the package


def _content_types() -> str:
    overrides = {
        "word/document.xml": f"{WORD}.document.main+xml",
        "word/styles.xml": f"{WORD}.styles+xml",
        "word/numbering.xml": f"{WORD}.numbering+xml",
        "word/settings.xml": f"{WORD}.settings+xml",
        "word/fontTable.xml": f"{WORD}.fontTable+xml",
        "word/header1.xml": f"{WORD}.header+xml",
        "word/header2.xml": f"{WORD}.header+xml",
        "word/theme/theme1.xml": f"{OFFICE}.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{OFFICE}.extended-properties+xml",
    }
    entries = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def _relations(entries: tuple[tuple[str, str, str], ...]) -> str:
    lines = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in entries)
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{lines}</Relationships>"
    )


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations(
        (
            ("rId1", f"{R}/officeDocument", "word/document.xml"),
            ("rId2", core, "docProps/core.xml"),
            ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
        )
    )


def _document_relations() -> str:
    return _relations(
        (
            ("rId1", f"{R}/styles", "styles.xml"),
            ("rId2", f"{R}/numbering", "numbering.xml"),
            ("rId3", f"{R}/settings", "settings.xml"),
            ("rId4", f"{R}/fontTable", "fontTable.xml"),
            ("rId5", f"{R}/theme", "theme/theme1.xml"),
            ("rId10", f"{R}/header", "header1.xml"),
            ("rId11", f"{R}/header", "header2.xml"),
        )
    )


def _core(profile: Profile) -> str:
    made = '<dcterms:{0} xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:{0}>'
    return (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>Mẫu biên bản kiểm tra công tác cải cách hành chính</dc:title>"
        "<dc:subject>Kiểm tra công tác cải cách hành chính</dc:subject><dc:creator>Kiểm tra CCHC</dc:creator>"
        f"<dc:language>{profile.language}</dc:language>{made.format('created')}{made.format('modified')}"
        "</cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Kiểm tra CCHC</Application></Properties>"
    )


def main() -> None:
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(build(load_profile(PROFILE.read_bytes())))


if __name__ == "__main__":
    main()
