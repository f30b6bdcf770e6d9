# Cửa vào của chương trình. Gõ "make" để xem các lệnh.
# Tuỳ chọn:  ID=plan  chọn văn bản (check, document);  YEAR=2025  chọn năm;  OPTIONS="--out DIR"  thêm cho vanban;  ARGS="-k TÊN"  thêm cho pytest, bench.

MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help

DOCUMENTS := plan report-q1 report-h1 report-q3 report-year brief-q1 brief-h1 brief-q3 brief-year self-assessment evidence-index dossier-front
VANBAN := .venv/bin/vanban
BUILD := $(VANBAN) build $(if $(YEAR),--year $(YEAR)) $(OPTIONS)
# The tests of a file go to one process, and share what it made.
BY_FILE := --dist loadfile
FORMS := forms-q1 forms-h1 forms-q3 forms-year
SET_UP_INPUTS := scripts/setup.sh pyproject.toml requirements/run.txt

# A set-up holds for this folder and for a Python that is still there.
MOVED := $(shell [ ! -e .venv/.place ] || { [ "$$(cat .venv/.place)" = "$$(pwd -P)" ] && [ -x .venv/bin/python ]; } || echo moved)

# Every target that says what it does below.
.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\# .*/\1/p' Makefile) moved

help: ## Liệt kê các lệnh
	@echo 'Cách dùng: make LỆNH [YEAR=2025]'
	@echo '  YEAR: năm của nội dung, dùng được với mọi lệnh về văn bản; không ghi thì lấy năm mới'
	@echo '  nhất đã có nội dung, và nói rõ đã lấy năm nào.'
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

plan: ## Kế hoạch cải cách hành chính của năm
report-q1: ## Báo cáo quý I
report-h1: ## Báo cáo sáu tháng đầu năm
report-q3: ## Báo cáo quý III
report-year: ## Báo cáo năm
brief-q1: ## Tài liệu họp về quý I: một tờ hai mặt, không đánh số, không ký
brief-h1: ## Tài liệu họp về sáu tháng đầu năm
brief-q3: ## Tài liệu họp về quý III
brief-year: ## Tài liệu họp về năm
self-assessment: ## Báo cáo tự đánh giá, chấm điểm Chỉ số cải cách hành chính
evidence-index: ## Danh mục tài liệu kiểm chứng, mục lục văn bản, chứng từ kết thúc
dossier-front: ## Bìa, mục lục, tờ ngăn của hồ sơ tài liệu kiểm chứng

$(DOCUMENTS): .venv/.ready-run
	@$(BUILD) $@

all: .venv/.ready-run ## Mọi văn bản đã có nội dung, trừ tài liệu họp
	@$(BUILD)

document: .venv/.ready-run ## Văn bản có mã ghi ở ID, ví dụ make document ID=report-q3
	@$(BUILD) $(ID)

batch: .venv/.ready-run ## Văn bản của nhiều đơn vị một lần: make batch WARDS=../cac-xa (ID=plan: một văn bản)
	@$(VANBAN) batch $(WARDS) $(ID) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

check: .venv/.ready-run ## Soát lỗi trước khi trình ký; một văn bản: make check ID=plan
	@$(VANBAN) check $(if $(YEAR),--year $(YEAR)) $(OPTIONS) $(ID)

dossier: .venv/.ready-run ## Hồ sơ tài liệu kiểm chứng: dossier.pdf, thư mục và tệp nén
	@$(VANBAN) dossier $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

scores: .venv/.ready-run ## Bảng điểm theo các bộ chỉ số; một kỳ: make scores ID=qd766-quy-3
	@$(VANBAN) scores $(ID) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-scores: .venv/.ready-run ## Tệp số liệu một kỳ của bộ chỉ số: make new-scores SET=qd766 PERIOD=quy-4
	@$(VANBAN) new scores $(SET) $(PERIOD) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-self-assessment: .venv/.ready-run ## Bản tự đánh giá của năm, đủ các tiêu chí của tieu-chi.yaml
	@$(VANBAN) new self-assessment $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

criteria-import: .venv/.ready-run ## Lấy bộ chỉ số từ bảng, xem trước: make criteria-import FILE=bang.xlsx SET=ma; ghi: thêm OPTIONS=--apply
	@$(VANBAN) criteria import "$(FILE)" $(if $(SET),--set $(SET)) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

evidence-add: .venv/.ready-run ## Thêm tài liệu kiểm chứng: make evidence-add FILE=a.pdf CRITERION=1.1.1 (bản đã ký: ID=plan)
	@$(VANBAN) evidence add "$(FILE)" $(if $(ID),--document $(ID)) $(if $(CRITERION),--criterion $(CRITERION)) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

evidence-replace: .venv/.ready-run ## Thay tệp của một tài liệu kiểm chứng: make evidence-replace ID=1.1.1-01 FILE=moi.pdf
	@$(VANBAN) evidence replace "$(ID)" "$(FILE)" $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

evidence-remove: .venv/.ready-run ## Bỏ một tài liệu khỏi sổ, tệp vào thùng rác: make evidence-remove ID=1.1.1-01
	@$(VANBAN) evidence remove "$(ID)" $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

evidence-status: .venv/.ready-run ## Tiêu chí nào còn thiếu tài liệu kiểm chứng
	@$(VANBAN) evidence status $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

list: .venv/.ready-run ## Văn bản nào dựng được, kỳ số liệu, hạn gửi
	@$(VANBAN) list $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-document: .venv/.ready-run ## Văn bản mới, chép từ mẫu: make new-document KIND=cong-van ID=cv-so-lieu
	@$(VANBAN) new document $(if $(KIND),"$(KIND)") $(ID) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-report: .venv/.ready-run ## Tệp báo cáo của kỳ mới: make new-report PERIOD=q1
	@$(VANBAN) new report $(PERIOD) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-city-report: .venv/.ready-run ## Lời văn của báo cáo chung về các xã, phường: make new-city-report PERIOD=q3
	@$(VANBAN) new city-report $(PERIOD) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

forms-q1: ## Biểu mẫu Excel để các đơn vị điền số liệu quý I, kèm công văn
forms-h1: ## Biểu mẫu số liệu 6 tháng
forms-q3: ## Biểu mẫu số liệu quý III
forms-year: ## Biểu mẫu số liệu năm

$(FORMS): forms-%: .venv/.ready-run
	@$(VANBAN) forms $* $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

status: .venv/.ready-run ## Đơn vị nào đã gửi số liệu, còn thiếu gì: make status PERIOD=q3 (nhiều xã, phường: WARDS=../xa-phuong)
	@$(VANBAN) status $(PERIOD) $(WARDS) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

due: .venv/.ready-run ## Việc đến hạn, quá hạn và ai phải làm; tệp lịch: OPTIONS="--ics han.ics" (nhiều xã, phường: WARDS=../xa-phuong)
	@$(VANBAN) due $(WARDS) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

gather: .venv/.ready-run ## Tổng hợp số liệu của nhiều xã, phường: make gather WARDS=../xa-phuong PERIOD=q3 OPTIONS="--content ../thanh-pho/content"
	@$(VANBAN) gather $(WARDS) --period $(PERIOD) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

appraise: .venv/.ready-run ## Thẩm định điểm tự chấm: make appraise WARDS=../xa-phuong OPTIONS="--content ../thanh-pho/content"; đọc lại bảng: TAKE=bang.xlsx
	@$(VANBAN) appraise $(if $(TAKE),--take $(TAKE),$(WARDS)) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

collect: .venv/.ready-run ## Đọc biểu mẫu các đơn vị gửi lại: make collect FILES=thu-muc; ghi: OPTIONS=--apply
	@$(VANBAN) collect $(FILES) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-year: .venv/.ready-run ## Thư mục của năm mới, chép từ năm gần nhất: make new-year YEAR=2026
	@$(VANBAN) new year $(YEAR) $(OPTIONS)

import: .venv/.ready-run ## Lấy tệp Word, PDF vào nội dung: make import FILE=kh-2024.docx KIND=plan OPTIONS=--apply
	@$(VANBAN) import "$(FILE)" --kind $(KIND) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

new-ward: .venv/.ready-run ## Thư mục của xã, phường khác, hỏi từng mục: make new-ward DIR=../loc-an
	@$(VANBAN) new ward $(DIR) $(OPTIONS)

new-city: .venv/.ready-run ## Thư mục của tỉnh, thành phố, sở: make new-city DIR=../thanh-pho OPTIONS="--from ../chung"
	@$(VANBAN) new city $(DIR) $(OPTIONS)

issue: .venv/.ready-run ## Ghi số, ngày văn thư đã cấp: make issue ID=plan SO=35 NGAY=20/01/2026
	@$(VANBAN) issue $(ID) $(if $(SO),--so $(SO)) $(if $(NGAY),--ngay $(NGAY)) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

diff: .venv/.ready-run ## So với bản cũ: make diff ID=plan SINCE=HEAD (hoặc SINCE=ban-cu.docx, AGAINST=2025)
	@$(VANBAN) diff $(ID) $(if $(SINCE),--since $(SINCE)) $(if $(AGAINST),--against $(AGAINST)) $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

verify: .venv/.ready-sign ## Xem chữ ký số của một PDF: make verify FILE=plan-da-ky.pdf
	@$(VANBAN) verify "$(FILE)" $(OPTIONS)

desk: .venv/.ready-desk .venv/.ready-sign ## Bàn làm việc trong trình duyệt: bấm vào chữ trên trang để sửa
	@$(VANBAN) desk $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

scheduler: .venv/.ready-cluster ## Máy điều phối của cụm (Dask), chỉ nghe trong máy này; qua mạng: make scheduler HOST=10.0.0.1
	@.venv/bin/dask scheduler --host $(or $(HOST),127.0.0.1) --no-dashboard $(OPTIONS)

worker: .venv/.ready-cluster ## Cho máy này nhận việc của cụm: make worker SCHEDULER=tcp://10.0.0.1:8786
	@.venv/bin/dask worker $(or $(SCHEDULER),tcp://127.0.0.1:8786) --nworkers -1 --nthreads 1 --no-dashboard $(OPTIONS)

pull: .venv/.ready-run ## Đưa chỗ sửa trong tệp Word về nội dung: make pull FILE=plan-sua.docx; ghi: OPTIONS=--apply
	@$(VANBAN) pull "$(FILE)" $(if $(YEAR),--year $(YEAR)) $(OPTIONS)

undo: .venv/.ready-run ## Lấy lại thay đổi gần nhất mà chương trình ghi vào nội dung
	@$(VANBAN) undo $(OPTIONS)

migrate: .venv/.ready-run ## Chuyển nội dung viết cho bản cũ: xem trước; ghi: make migrate OPTIONS=--apply
	@$(VANBAN) migrate $(OPTIONS)

setup: .venv/.ready-run ## Cài đặt môi trường (các lệnh khác tự gọi khi cần)

doctor: .venv/.ready-run ## Kiểm tra máy này có tạo được văn bản không
	@$(VANBAN) doctor $(OPTIONS)

schema: .venv/.ready-run ## Ghi lại lược đồ, từ điển khóa và danh mục quy tắc soát lỗi
	@$(VANBAN) schema
	@$(VANBAN) rules --catalogue docs/quy-tac.md

test: .venv/.ready-dev ## Kiểm thử chương trình
	@.venv/bin/python -m pytest $(BY_FILE) -n 2 -m 'not slow and not long' $(ARGS)

test-all: .venv/.ready-dev ## Kiểm thử như khi gửi bản sửa: thêm những phép thử chậm
	@.venv/bin/python -m pytest $(BY_FILE) -n 3 -m 'not long' $(ARGS)

test-long: .venv/.ready-dev ## Kiểm thử tất cả, kể cả những phép thử lâu
	@.venv/bin/python -m pytest -n 2 $(ARGS)

trust: .venv/.ready-dev ## Gài lỗi vào văn bản mẫu, đếm bao nhiêu lỗi được soát ra: make trust ARGS="--rounds 3"
	@.venv/bin/python scripts/plant_mistakes.py $(ARGS)

pictures: .venv/.ready-dev ## Chụp lại các hình trong README
	@scripts/make_pictures.sh

equality: .venv/.ready-dev ## So từng dòng của .docx và PDF, mọi văn bản, mọi cách dịch dòng
	@.venv/bin/python -m pytest -n 2 tests/test_equality.py $(ARGS)

country: .venv/.ready-dev ## Tạo nhiều xã, phường mẫu để thử: make country ARGS="--wards 50 --seed 1 --out DIR"
	@.venv/bin/python scripts/make_country.py $(ARGS)

lint: .venv/.ready-dev ## Soát lỗi mã nguồn (ruff, mypy)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --num-workers auto

bench: .venv/.ready-bench ## Đo tốc độ so với các cách làm khác; đo nhanh: make bench ARGS=--quick
	@.venv/bin/python scripts/bench.py $(ARGS)

clean: ## Xóa các tệp do chương trình tạo ra (thư mục build và bộ nhớ đệm)
	@signed=$$(grep -rla /ByteRange --include="*.pdf" --exclude-dir=dossier build 2>/dev/null); \
	if [ -n "$$signed" ]; then echo "Có tệp đã ký số, hãy chuyển sang thư mục khác rồi chạy lại:" $$signed >&2; exit 1; fi
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests scripts -type d -name __pycache__ -exec rm -rf {} +

.venv/.ready-run: $(SET_UP_INPUTS) $(MOVED)
	@scripts/setup.sh run

.venv/.ready-dev: $(SET_UP_INPUTS) requirements/dev.txt $(MOVED)
	@scripts/setup.sh dev

.venv/.ready-sign: $(SET_UP_INPUTS) requirements/sign.txt $(MOVED)
	@scripts/setup.sh sign

.venv/.ready-desk: $(SET_UP_INPUTS) requirements/desk.txt $(MOVED)
	@scripts/setup.sh desk

.venv/.ready-cluster: $(SET_UP_INPUTS) requirements/cluster.txt $(MOVED)
	@scripts/setup.sh cluster

.venv/.ready-bench: $(SET_UP_INPUTS) requirements/bench.txt $(MOVED)
	@scripts/setup.sh bench
