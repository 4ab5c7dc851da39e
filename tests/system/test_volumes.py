from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from inspector.domain.errors import Unavailable
from inspector.system.volumes import Mount, Place, linux_mounts, mac_mounts, objection_to, refuse_unsafe

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
may-chu:/chung /net/chung nfs4 rw 0 0
//may-chu/so /net/s\\303\\272\\040chung cifs rw 0 0
systemd-1 /nha/lan autofs rw 0 0
may-chu:/nha/lan /nha/lan nfs rw 0 0
/dev/sdb1 /net/chung/usb vfat rw 0 0
lan@may:/ /nha/hoa/xa fuse.sshfs rw 0 0
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//lan@may-chu/chung on /Volumes/chung (smbfs, nodev, nosuid, mounted by lan)
"""


def said(place: Place) -> tuple[str, dict[str, object]] | None:
    objection = objection_to(place)
    return None if objection is None else (objection.code, objection.params)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/net/chung/cchc", "nfs4"),
        ("/nha/lan/.local/share", "nfs"),
        ("/nha/hoa/xa/cchc", "fuse.sshfs"),
    ],
)
def test_network_drives_of_linux_are_refused(folder: str, kind: str) -> None:
    place = Place(PurePosixPath(folder), tuple(linux_mounts(MOUNTS)))
    assert said(place) == ("network-drive", {"place": folder, "kind": kind})


@pytest.mark.parametrize("folder", ["/nha/hoa/cchc", "/net/chung/usb/cchc", "/net/chung-khac"])
def test_disks_of_the_machine_are_taken(folder: str) -> None:
    assert said(Place(PurePosixPath(folder), tuple(linux_mounts(MOUNTS)))) is None


def test_blanks_in_a_mount_point_are_read() -> None:
    assert Mount(PurePath("/net/sú chung".encode().decode("latin-1")), "cifs") in linux_mounts(MOUNTS)


def test_a_machine_that_lives_on_9p_has_no_other_disk_but_a_shared_one_is_refused() -> None:
    mounts = (Mount(PurePosixPath("/"), "9p"), Mount(PurePosixPath("/net/c"), "9p"))
    assert said(Place(PurePosixPath("/du-lieu"), mounts)) is None
    assert said(Place(PurePosixPath("/net/c/x"), mounts)) == ("network-drive", {"place": "/net/c/x", "kind": "9p"})


def test_network_drives_of_macos_are_refused() -> None:
    mounts = tuple(mac_mounts(MAC))
    assert said(Place(PurePosixPath("/Volumes/chung/a"), mounts)) == (
        "network-drive",
        {"place": "/Volumes/chung/a", "kind": "smbfs"},
    )
    assert said(Place(PurePosixPath("/Lan/a"), mounts)) is None


def test_network_drives_of_windows_are_refused_with_and_without_a_letter() -> None:
    assert said(Place(PureWindowsPath(r"\\may-chu\chung\cchc"))) == (
        "network-drive",
        {"place": r"\\may-chu\chung\cchc", "kind": "UNC"},
    )
    assert said(Place(PureWindowsPath(r"Z:\cchc"), drive_type=4)) == (
        "network-drive",
        {"place": r"Z:\cchc", "kind": "Windows"},
    )
    assert said(Place(PureWindowsPath(r"C:\cchc"), drive_type=3)) is None


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Lan\OneDrive - So Noi vu\cchc"), "OneDrive"),
        (PureWindowsPath(r"C:\Lan\onedrive\cchc"), "OneDrive"),
        (PureWindowsPath(r"D:\Dropbox (So Noi vu)\cchc"), "Dropbox"),
        (PureWindowsPath(r"G:\My Drive\cchc"), "Google Drive"),
        (PureWindowsPath("G:\\Drive của tôi\\cchc"), "Google Drive"),
        (PureWindowsPath(r"C:\Lan\iCloudDrive\cchc"), "iCloud"),
        (PurePosixPath("/Lan/Library/Mobile Documents/com~apple~CloudDocs/cchc"), "iCloud"),
        (PurePosixPath("/Lan/Library/CloudStorage/Box/cchc"), "iCloud, OneDrive, Google Drive"),
        (PurePosixPath("/nha/lan/Nextcloud/cchc"), "Nextcloud, Synology, pCloud"),
    ],
)
def test_synchronised_folders_are_known_by_name(path: PurePath, service: str) -> None:
    assert said(Place(path)) == ("synchronised-folder", {"place": str(path), "service": service})


def test_a_synchronised_folder_is_known_by_the_environment_whatever_its_name() -> None:
    environ = {"OneDriveCommercial": r"D:\DamMay"}
    path = PureWindowsPath(r"d:\dammay\cchc")
    assert said(Place(path, environ=environ)) == ("synchronised-folder", {"place": str(path), "service": "OneDrive"})
    assert said(Place(PureWindowsPath(r"D:\DamMayKhac\cchc"), environ=environ)) is None


def test_the_roaming_profile_is_refused_and_the_local_one_taken() -> None:
    environ = {"APPDATA": r"C:\Lan\AppData\Roaming"}
    roaming = PureWindowsPath(r"C:\Lan\AppData\Roaming\KiemTraCCHC")
    assert said(Place(roaming, environ=environ)) == ("roaming-folder", {"place": str(roaming)})
    assert said(Place(PureWindowsPath(r"C:\Lan\AppData\Local\KiemTraCCHC"), environ=environ)) is None


@pytest.mark.parametrize(
    ("marker", "service"),
    [(".dropbox.cache", "Dropbox"), (".stfolder", "Syncthing"), (".tmp.driveupload", "Google Drive")],
)
def test_a_marker_in_a_folder_above_gives_the_sync_program_away(tmp_path: Path, marker: str, service: str) -> None:
    (tmp_path / marker).mkdir()
    with pytest.raises(Unavailable) as caught:
        refuse_unsafe(tmp_path / "not" / "made" / "yet")
    assert caught.value.code == "synchronised-folder"
    assert caught.value.params["service"] == service


def test_the_settings_folder_of_dropbox_is_no_marker_but_its_file_is(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    refuse_unsafe(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".dropbox").write_bytes(b"{}")
    with pytest.raises(Unavailable, match="synchronised-folder"):
        refuse_unsafe(tmp_path / "b" / "cchc")


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "cchc").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    with pytest.raises(Unavailable, match="synchronised-folder"):
        refuse_unsafe(tmp_path / "cchc")


def test_an_ordinary_folder_is_taken(tmp_path: Path) -> None:
    refuse_unsafe(tmp_path / "cchc")
