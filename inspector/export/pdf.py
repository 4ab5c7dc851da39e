"""A Word file as PDF by what is installed: Word itself on Windows, else LibreOffice; else a sentence what to do.

There is no second layout of our own: it would drift from the document that is signed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from inspector.domain.errors import Unavailable
from inspector.export.atomic_file import replace_file

SECONDS = 180
_PDF = b"%PDF-"

_WORD_SCRIPT = """
$ErrorActionPreference = 'Stop'
$word = New-Object -ComObject Word.Application
try {
    $word.Visible = $false
    $word.DisplayAlerts = 0
    $word.AutomationSecurity = 3
    $document = $word.Documents.Open($env:INSPECTOR_PDF_SOURCE, $false, $true, $false)
    try {
        $target = $env:INSPECTOR_PDF_TARGET
        $document.ExportAsFixedFormat($target, 17, $false, 0, 0, 1, 1, 0, $true, $true, 1, $true, $true, $true)
    } finally {
        $document.Close(0)
    }
} finally {
    $word.Quit(0)
    [void][System.Runtime.InteropServices.Marshal]::ReleaseComObject($word)
}
"""
"""Opened read-only, macros off, no question asked; 17 is PDF, with heading bookmarks, structure tags and ISO 19005-1.

The paths travel in the environment, so that no quote in a name becomes part of the script.
"""

_LIBREOFFICE_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_LIBREOFFICE_PLACES = (
    "/usr/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def to_pdf(document: Path, out: Path, seconds: float = SECONDS) -> Path:
    """Writes ``document`` (.docx) to ``out`` as PDF/A-2b with tags, whole or not at all.

    Each converter runs as a process of its own and is ended after ``seconds``.

    Raises:
        Unavailable: ``pdf-no-converter``, ``pdf-failed``, ``export-…``.
    """
    with tempfile.TemporaryDirectory(prefix="inspector-pdf-", ignore_cleanup_errors=True) as folder:
        made = _convert(document.resolve(), Path(folder), seconds)
        replace_file(out, made)
    return out


def _convert(document: Path, folder: Path, seconds: float) -> bytes:
    """The bytes of the first converter that gives a PDF."""
    reason = ""
    if sys.platform == "win32":
        made, reason = _by_word(document, folder, seconds)
        if made:
            return made
    office = libreoffice()
    if office is not None:
        made, reason = _by_libreoffice(office, document, folder, seconds)
        if made:
            return made
    if reason:
        raise Unavailable("pdf-failed", file=document.name, reason=reason)
    raise Unavailable("pdf-no-converter", file=document.name)


def _by_word(document: Path, folder: Path, seconds: float) -> tuple[bytes, str]:
    """Word through COM, driven by the PowerShell that every Windows has. No Word: no bytes and no reason."""
    target = folder / "word.pdf"
    shell = shutil.which("powershell") or shutil.which("pwsh")
    if shell is None:
        return b"", ""
    environment = os.environ | {"INSPECTOR_PDF_SOURCE": str(document), "INSPECTOR_PDF_TARGET": str(target)}
    command = (shell, "-NoProfile", "-NonInteractive", "-Command", _WORD_SCRIPT)
    ended, output = _run(command, seconds, environment)
    if not ended:
        return b"", f"Word không xong sau {seconds:.0f} giây"
    if "80040154" in output or "retrieving the COM class factory" in output:
        return b"", ""
    return _result(target, "Word báo lỗi")


def _by_libreoffice(office: str, document: Path, folder: Path, seconds: float) -> tuple[bytes, str]:
    """LibreOffice with a profile of its own: a shared one is locked while somebody has LibreOffice open."""
    source = folder / "document.docx"
    shutil.copyfile(document, source)
    command = (
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        _LIBREOFFICE_FILTER,
        "--outdir",
        str(folder / "out"),
        str(source),
    )
    ended, _ = _run(command, seconds, os.environ)
    if not ended:
        return b"", f"LibreOffice không xong sau {seconds:.0f} giây"
    return _result(folder / "out" / "document.pdf", "LibreOffice không đọc được tệp")


def _result(target: Path, failure: str) -> tuple[bytes, str]:
    """LibreOffice ends with status 0 although it converted nothing: only the file itself is believed."""
    with contextlib.suppress(OSError):
        data = target.read_bytes()
        if data.startswith(_PDF):
            return data, ""
    return b"", failure


def _run(command: Sequence[str], seconds: float, environment: Mapping[str, str]) -> tuple[bool, str]:
    """Runs in a group of its own, so that what the command started ends with it. Says whether it ended by itself."""
    try:
        process = subprocess.Popen(  # noqa: S603  the program is one we looked for, the arguments are ours
            command,
            env=dict(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        return True, str(error)
    with process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return False, ""
    return True, output.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        import signal

        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


def libreoffice() -> str | None:
    """Where LibreOffice is, or ``None``."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _LIBREOFFICE_PLACES if Path(place).is_file()), None)


def can_convert() -> bool:
    """Whether something that makes PDF is installed."""
    return libreoffice() is not None or _has_word()


def _has_word() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Word.Application"))
    except OSError:
        return False
    return True
