"""Names of the Office Open XML namespaces, elements, relations and content types that are met in Word files."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"

DECLARED = " ".join(
    f'xmlns:{prefix}="{name[1:-1]}"' for prefix, name in (("w", W), ("r", R), ("wp", WP), ("a", A), ("pic", PIC))
)

OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE_PROPERTIES = f"{PACKAGE_RELATION}/metadata/core-properties"
CORE_PROPERTIES_BY_LIBREOFFICE = f"{OFFICE_RELATION}/metadata/core-properties"
THUMBNAIL = f"{PACKAGE_RELATION}/metadata/thumbnail"

WORD_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT_CONTENT = f"{WORD_CONTENT}.document.main+xml"
TEMPLATE_CONTENT = f"{WORD_CONTENT}.template.main+xml"
CUSTOM_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
APP_CONTENT = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
