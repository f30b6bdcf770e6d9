"""``docs/soan-thao.md``: the page for officials on papers, of the table of types and samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vanban.nd30.paper_forms import NOT_MADE, PAPER_FORMS, URGENCIES, Addressed, PaperForm
from vanban.workspace.files import PAPERS
from vanban.workspace.folder import samples_in
from vanban.workspace.paper_glance import glance_at

GUIDE = """\
# Soạn văn bản

Trang này do chương trình ghi (`make schema`) từ bảng các loại văn bản và các mẫu; ý nghĩa của
từng khóa xem [tu-dien.md](tu-dien.md).

1. `make new-document KIND=cong-van ID=cv-so-lieu` chép mẫu thành
   `content/<năm>/soan-thao/cv-so-lieu.yaml`.
2. Mở tệp, sửa nội dung, xóa dòng `so_lieu_mau`.
3. `make document ID=cv-so-lieu` dựng `build/<năm>/cv-so-lieu.docx` và `.pdf`. Số, ngày để trống
   cho văn thư ghi.

## Các loại

{made} trong 29 loại văn bản hành chính của Điều 7 Nghị định số 30/2020/NĐ-CP, theo mẫu ở
Phụ lục III của Nghị định.

| Loại | Để làm gì | KIND | Mẫu | Kính gửi | Các cấp, từ lớn đến nhỏ | Ký |
|---|---|---|---|---|---|---|
{rows}

Ký thừa lệnh (TL.) chỉ những loại ghi ở `loai_thua_lenh` của người ký trong `co-quan.yaml`, theo
quy chế làm việc; nghị quyết, quyết định không ký thừa lệnh.

Không soạn ở đây, vì Phụ lục III không có mẫu:

{not_made}

Văn bản có bí mật nhà nước không được soạn trên máy này; văn bản quy phạm pháp luật theo Nghị định
số 78/2025/NĐ-CP. Chương trình từ chối các khóa như `do_mat`, `quy_pham`.

## Nội dung

`noi_dung` là danh sách; mỗi mục là một đoạn, hoặc một cấp có số (số tự thêm), gạch đầu dòng
(`gach`), bảng (`bang`), hình (`hinh`). Phần nằm trong thì viết ở `noi_dung` của nó. Lời văn của
điều, khoản có dấu câu ở cuối thì in đứng; không có dấu câu ở cuối là tiêu đề, in đậm.

```yaml
noi_dung:
  - Ủy ban nhân dân phường thông báo như sau.
  - khoan: Nội dung
    noi_dung:
      - diem: Việc thứ nhất;
      - diem: Việc thứ hai.
  - bang:
      ten: Lịch làm việc
      cot: [Ngày, Việc]
      dong:
        - [Thứ Hai, Tiếp công dân]
        - [Thứ Sáu, "-"]
phu_luc:
  - ten: Danh sách
    noi_dung: [Nội dung của phụ lục.]
```

## Dẫn đến số liệu, văn bản, chỗ khác

Trong `noi_dung`: `{{q3.mã-chỉ-tiêu}}` in số liệu của báo cáo quý III (`q1`, `h1`, `q3`, `year`);
`{{van-ban.mã}}` in tên văn bản trong `van-ban.yaml`, lần đầu đầy đủ, lần sau chỉ loại và số;
`{{muc.mã}}` in “khoản 1”, “Phụ lục II” của phần có `ma` ấy trong cùng văn bản. Ghi sai mã thì
được báo đúng dòng.

```yaml
noi_dung:
  - khoan: Thời hạn gửi số liệu trước ngày 10.
    ma: han
  - Đơn vị gửi chậm so với {{muc.han}} thì báo lý do; mẫu ở {{muc.mau}}.
phu_luc:
  - ten: Mẫu báo cáo
    ma: mau
    noi_dung: [Nội dung của mẫu.]
```

## Hình

Chép tệp `.png`, `.jpg` vào `content/<năm>/soan-thao/hinh/`. `rong` là chiều rộng khi in, mm;
`mo_ta` để máy đọc thay hình.

    - hinh: {{tep: so-do.png, ten: Hình 1. Sơ đồ quy trình, mo_ta: Sơ đồ có hai bước, rong: 120}}

## Độ khẩn

`do_khan: {urgencies}` in trong khung đỏ dưới số, ký hiệu.

## Quyết định ban hành văn bản kèm theo

Quy chế, quy định … viết ở `kem_theo` của quyết định, in sau quyết định trên trang riêng, có tên
cơ quan, Quốc hiệu và dòng “(Kèm theo Quyết định số …)”; phải có một điều ghi “Ban hành kèm theo
Quyết định này …”.

```yaml
noi_dung:
  - dieu: Ban hành kèm theo Quyết định này Quy chế tiếp công dân.
  - dieu: Quyết định này có hiệu lực kể từ ngày ký.
kem_theo:
  loai: Quy chế
  trich_yeu: Tiếp công dân
  noi_dung:
    - chuong: Quy định chung
      noi_dung:
        - dieu: Phạm vi điều chỉnh
          noi_dung: [Quy chế này quy định việc tiếp công dân.]
```
"""

ADDRESSED = {Addressed.NEVER: "không", Addressed.MAY: "nếu có", Addressed.MUST: "có"}


def paper_guide(content: Path) -> str:
    """Return the page; the samples are those of ``content``, shared ones too."""
    samples: dict[str, list[str]] = {}
    for name, file in sorted(samples_in(content, PAPERS.name).items()):
        kind = glance_at(file).name.partition(":")[0]
        samples.setdefault(kind, []).append(name)
    return GUIDE.format(
        made=len(PAPER_FORMS),
        rows="\n".join(_row(form, samples.get(form.type, [])) for form in PAPER_FORMS.values()),
        not_made="\n".join(_not_made()),
        urgencies=", ".join(each.lower() for each in URGENCIES),
    )


def _row(form: PaperForm, samples: list[str]) -> str:
    cells = (
        form.type,
        form.purpose,
        ", ".join(f"`{name}`" for name in samples),
        form.sample,
        "“… điện:”" if form.is_telegram else ADDRESSED[form.addressed],
        ", ".join(level.name for level in form.levels.values()),
        "chủ tọa và thư ký" if form.two_sign else "một người",
    )
    return f"| {' | '.join(cells)} |"


def _not_made() -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for name, reason in NOT_MADE.items():
        reasons.setdefault(reason, []).append(name.lower())
    for reason, names in reasons.items():
        text = ", ".join(names)
        yield f"- {text[0].upper()}{text[1:]}: {reason}."
