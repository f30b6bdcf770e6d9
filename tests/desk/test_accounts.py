"""Accounts of the desk: kept for their user alone; no command shows a password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from vanban.cli import main
from vanban.desk import accounts as accounts_module
from vanban.desk.accounts import Accounts, own_file
from vanban.desk.listening import Listening
from vanban.errors import MachineError, UsageError

PASSWORD = "bốn từ dễ nhớ"


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """A hash says itself what it costs to look at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts_module, "HASHER", PasswordHasher(1, 8, 1))
        yield


def run(file: Path, *words: str, typed: str = PASSWORD) -> Result:
    arguments = ["desk", "user", *words, "--accounts", str(file)]
    return CliRunner().invoke(main, arguments, input=f"{typed}\n")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cau-hinh" / "tai-khoan.json"


def test_people_are_added_listed_changed_and_removed(file: Path) -> None:
    assert "Chưa có tài khoản" in run(file, "list").output
    assert run(file, "add", "an", "--name", "Nguyễn Văn An").exit_code == 0
    assert run(file, "add", "binh").exit_code == 0
    listed = run(file, "list").output
    assert "  an: Nguyễn Văn An\n  binh: binh\n" in listed
    accounts = Accounts(file)
    assert accounts.verified("an", PASSWORD) is not None
    assert run(file, "password", "an", typed="một mật khẩu khác").exit_code == 0
    assert accounts.verified("an", PASSWORD) is None
    assert accounts.verified("an", "một mật khẩu khác") is not None
    assert run(file, "remove", "an").exit_code == 0
    assert list(accounts.read()) == ["binh"]


def test_the_file_is_for_its_user_alone_and_holds_no_password(file: Path) -> None:
    run(file, "add", "an")
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    text = file.read_text()
    assert "$argon2id$" in text and PASSWORD not in json.dumps(json.loads(text), ensure_ascii=False)
    file.chmod(0o640)
    with pytest.raises(MachineError, match="chmod 600"):
        Accounts(file).read()


def test_a_password_is_the_same_however_its_letters_are_typed(file: Path) -> None:
    run(file, "add", "an", typed="mật khẩu của tôi")
    assert Accounts(file).verified("an", "mật khẩu của tôi") is not None


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("add", "An"), PASSWORD, "tên đăng nhập “An” không dùng được"),
        (("add", "a"), PASSWORD, "không dùng được"),
        (("add", "../an"), PASSWORD, "không dùng được"),
        (("add", "an\n"), PASSWORD, "không dùng được"),
        (("add", "an", "--name", "x" * 81), PASSWORD, "họ tên dài quá 80 ký tự"),
        (("add", "an", "--name", "a\x1b[31m"), PASSWORD, "không in được"),
        (("add", "binh"), PASSWORD, "đã có tài khoản binh"),
        (("add", "an"), "ngắn", "dài từ 10 đến 200 ký tự"),
        (("add", "an"), "", "dài từ 10 đến 200 ký tự"),
        (("add", "an"), "a" * 201, "dài từ 10 đến 200 ký tự"),
        (("add", "an"), "abababababab", "mật khẩu dễ đoán"),
        (("add", "nguyen-an"), "Nguyen-An-2025", "mật khẩu dễ đoán"),
        (("password", "cuc"), PASSWORD, "không có tài khoản cuc"),
        (("remove", "cuc"), PASSWORD, "không có tài khoản cuc"),
        (("add",), PASSWORD, "thiếu TÊN"),
        (("add", "an", PASSWORD), PASSWORD, f"thừa “{PASSWORD}”"),
        (("xoa",), PASSWORD, "không có lệnh “xoa”"),
    ],
)
def test_what_will_not_do_is_told(
    file: Path, words: tuple[str, ...], typed: str, told: str
) -> None:
    run(file, "add", "binh")
    before = file.read_bytes()
    result = run(file, *words, typed=typed)
    assert (result.exit_code, told in result.output) == (2, True), result.output
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"accounts": [{"ten": 1}]}', "\x00", "[" * 9999])
def test_a_damaged_file_is_told(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(MachineError, match="bị hỏng"):
        Accounts(file).read()


def test_accounts_are_kept_outside_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "cau-hinh"))
    assert own_file() == tmp_path / "cau-hinh" / "vanban" / "tai-khoan.json"
    content = tmp_path / "content"
    content.mkdir()
    arguments = ["desk", "--content", str(content), "--accounts", str(content / "a.json")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2 and "không được nằm trong thư mục nội dung" in result.output


# --- where a desk may listen ------------------------------------------------------------------

TLS = {"certificate": Path("chung-thu.pem"), "key": Path("khoa.pem")}
PUBLIC = "https://vanban.tranlieu.gov.vn"


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        ({"host": "0.0.0.0"}, ["phải mã hóa", "--public", "chưa có tài khoản"]),
        ({"host": "10.0.0.5"}, ["phải mã hóa", "chưa có tài khoản"]),
        ({"host": "10.0.0.5", **TLS}, ["chưa có tài khoản"]),
        ({"host": "::", **TLS}, ["--public", "chưa có tài khoản"]),
        ({"host": "may-chu", "public": PUBLIC}, ["phải mã hóa", "chưa có tài khoản"]),
        ({"proxy": "127.0.0.1"}, ["--public", "chưa có tài khoản"]),
        ({"proxy": "127.0.0.1", "public": PUBLIC}, ["chưa có tài khoản"]),
        ({"certificate": Path("a")}, ["đi cùng nhau", "chưa có tài khoản"]),
        ({"public": "http://a.vn", **TLS}, ["--public phải là", "chưa có tài khoản"]),
        ({"public": "https://a.vn/x", **TLS}, ["--public phải là", "chưa có tài khoản"]),
        ({"public": "https://a@b.vn", **TLS}, ["--public phải là", "chưa có tài khoản"]),
        ({"public": "https://a.vn:x", **TLS}, ["--public phải là", "chưa có tài khoản"]),
        ({"proxy": "proxy", "public": PUBLIC}, ["phải là địa chỉ IP", "chưa có tài khoản"]),
        ({"proxy": "::1", "public": PUBLIC, **TLS}, ["không dùng --tls-cert", "chưa có tài khoản"]),
        ({"port": 70000}, ["--port"]),
    ],
)
def test_a_network_has_conditions_all_told_at_once(
    file: Path, asked: dict[str, object], lacking: list[str]
) -> None:
    with pytest.raises(UsageError) as told:
        Listening(**asked).require(Accounts(file))  # type: ignore[arg-type]
    numbered = [f"({number}) " for number in range(1, len(lacking) + 2)]
    assert all(number in str(told.value) for number in numbered[:-1])
    assert numbered[-1] not in str(told.value)
    assert all(words in str(told.value) for words in lacking), told.value


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_this_machine_alone_needs_no_account(file: Path, host: str) -> None:
    listening = Listening(host)
    listening.require(Accounts(file))
    assert not listening.on_network
    assert listening.address(8017).startswith("http://")


@pytest.mark.parametrize(
    ("listening", "hosts", "address"),
    [
        (Listening(), ("127.0.0.1:5", "localhost:5"), "http://127.0.0.1:5/"),
        (Listening("10.0.0.5", **TLS), ("10.0.0.5:5",), "https://10.0.0.5:5/"),  # type: ignore[arg-type]
        (Listening("fe80::1", **TLS), ("[fe80::1]:5",), "https://[fe80::1]:5/"),  # type: ignore[arg-type]
        (
            Listening("0.0.0.0", public=PUBLIC, **TLS),  # type: ignore[arg-type]
            ("vanban.tranlieu.gov.vn",),
            f"{PUBLIC}/",
        ),
        (
            Listening(public="https://A.vn:8443/", proxy="127.0.0.1"),
            ("a.vn:8443",),
            "https://a.vn:8443/",
        ),
    ],
)
def test_the_names_of_a_desk(listening: Listening, hosts: tuple[str, ...], address: str) -> None:
    assert (listening.hosts(5), listening.address(5)) == (hosts, address)


def test_a_certificate_and_a_key_belong_together(file: Path, tmp_path: Path) -> None:
    run(file, "add", "an")
    for name in ("chung-thu.pem", "khoa.pem"):
        with pytest.raises(MachineError, match=f"không đọc được .*{name}"):
            _listening(tmp_path).require(Accounts(file))
        (tmp_path / name).write_text("không phải PEM")
    with pytest.raises(MachineError, match="không phải là chứng thư và khóa"):
        _listening(tmp_path).require(Accounts(file))


def _listening(folder: Path) -> Listening:
    names = {name: folder / path.name for name, path in TLS.items()}
    return Listening("10.0.0.5", **names)  # type: ignore[arg-type]
