"use strict";

/* The panel beside the page: a value's field, the lists that it stands in, its other values.

   Events on #o for whoever keeps drafts: "field-opened" once a panel is there; "field-saved" of a
   form, once its value is written. */

/* Where in the value the click was: the first character of the stretch, and how far into it. */
function position(event, stretch) {
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  let into = 0;
  if (caret && stretch.contains(caret.offsetNode)) {
    const texts = document.createTreeWalker(stretch, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() && texts.currentNode !== caret.offsetNode) into += texts.currentNode.length;
    into += caret.offset;
  }
  return Number(stretch.dataset.at) + into;
}

function boxOf(form) {
  return form?.querySelector("textarea, input, select") ?? null;
}

function mainForm() {
  return panel.querySelector("form.field");
}

async function fill(address) {
  const answer = await ask(address);
  if (!answer.ok) panel.textContent = answer.errors.join("\n");
  else {
    panel.innerHTML = answer.text;
    panel.querySelectorAll("form.field").forEach((form) => { form.dataset.before = boxOf(form).value; });
    panel.dispatchEvent(new Event("field-opened"));
  }
  return answer.ok;
}

/* Open the word of a stretch with the cursor at a character; `walking` lets Tab go on from there. */
async function open(stretch, at, walking = true) {
  choose(stretch.dataset.o);
  const mark = stretch.closest(".page").dataset.mark;
  if (!await fill(`/o/${work.dataset.document}/${stretch.dataset.o}?trang=${mark}`)) return;
  panel.dataset.walking = walking ? "1" : "";
  const box = boxOf(mainForm());
  if (!box) {
    panel.focus();
    return;
  }
  box.focus();
  box.setSelectionRange?.(at, at);
}

async function openValue(file, keys) {
  const asked = new URLSearchParams({ tep: file, khoa: JSON.stringify(keys) });
  if (!await fill(`/o?${asked}`)) return;
  panel.dataset.walking = "";
  (boxOf(mainForm()) ?? panel.querySelector("textarea, input, select, button"))?.focus();
}

/* Send a change of what stands in `owner`; show the pages that it leaves, tell every form that shows the same version. */
async function change(address, owner, more) {
  const { file, version } = owner.dataset;
  const body = await ask(address, {
    document: work.dataset.document,
    file,
    keys: JSON.parse(owner.dataset.keys),
    version,
    known: [...document.querySelectorAll(".page")].map((page) => page.dataset.mark),
    ...more,
  });
  if (!body.ok || body.marks === undefined) return body;
  panel.querySelectorAll(`[data-file="${CSS.escape(file)}"]`).forEach((other) => { if (other.dataset.version === version) other.dataset.version = body.version; });
  show(body);
  review();
  return body;
}

function isChanged(form) {
  return form !== null && boxOf(form).value !== form.dataset.before;
}

/* Write a field; true where its value stands in the file now. */
async function save(form) {
  if (shifting) return false;
  const said = form.querySelector(".saved");
  const text = boxOf(form).value;
  said.className = "saved";
  said.textContent = "Đang ghi …";
  const body = await change("/gia-tri", form, { text, was: form.dataset.before });
  if (!body.ok) {
    said.className = "saved refused";
    said.textContent = body.errors.join(" ");
    if (body.now !== null) bothVersions(form, body);
    return false;
  }
  form.querySelector(".both")?.remove();
  form.dataset.before = text;
  said.textContent = body.problems.length ? "Đã ghi; nội dung còn lỗi, xem chữ đỏ ở trên." : "Đã ghi.";
  form.dispatchEvent(new Event("field-saved", { bubbles: true }));
  return true;
}

/* The value was changed elsewhere: both versions, and the choice which one stays. */
function bothVersions(form, answer) {
  form.querySelector(".both")?.remove();
  const both = element("div", { className: "both", role: "group", ariaLabel: "Hai bản của ô này" });
  const theirs = element("button", { type: "button", className: "quiet", textContent: "Lấy bản trong tệp" });
  const mine = element("button", { type: "button", textContent: "Giữ bản của tôi" });
  both.append(
    element("p", { className: "explain", textContent: "Bản trong tệp hiện nay:" }),
    element("blockquote", { textContent: answer.now || "(trống)" }),
    element("p", { className: "explain", textContent: "Bản của bạn:" }),
    element("blockquote", { textContent: boxOf(form).value || "(trống)" }),
    theirs, " ", mine,
  );
  const decided = async (text) => {
    form.dataset.version = answer.version; /* of this field alone: of the others nothing newer is shown */
    boxOf(form).value = text;
    both.remove();
    await save(form);
    boxOf(form).focus();
  };
  theirs.addEventListener("click", async () => { await decided(answer.now); refresh(); });
  mine.addEventListener("click", () => decided(boxOf(form).value));
  form.append(both);
  theirs.focus();
}

function element(name, values) {
  return Object.assign(document.createElement(name), values);
}

/* --- lists ---------------------------------------------------------------------------------- */

/* Items have other keys once one came or moved: until those are shown, nothing is done by the keys of before. */
let shifting = false;

async function shift(work) {
  if (shifting) return;
  shifting = true;
  try { await work(); } finally { shifting = false; }
}

async function add(form) {
  const list = form.closest(".list");
  const keys = JSON.parse(list.dataset.keys);
  const at = Number(form.dataset.at);
  const above = at === 0 ? keys : keys.slice(0, -1);
  const values = Object.fromEntries([...form.querySelectorAll("textarea, input, select")].map((box) => [box.name, box.value]));
  const body = await change("/muc/them", list, { keys: [...above, at], values });
  told(list, form.querySelector(".saved"), body);
  if (body.ok) await openValue(list.dataset.file, body.keys);
}

async function move(list, up) {
  const body = await change("/muc/chuyen", list, { up });
  told(list, list.querySelector(".ask-first"), body);
  if (body.ok) await openValue(list.dataset.file, body.keys);
}

/* What goes and what would lead nowhere is told first; only then it is deleted. */
async function remove(list) {
  const first = list.querySelector(".ask-first");
  const body = await change("/muc/xoa", list, { confirmed: false });
  if (!body.ok) {
    told(list, first, body);
    return;
  }
  const yes = element("button", { type: "button", textContent: "Xóa hẳn" });
  const no = element("button", { type: "button", className: "quiet", textContent: "Không xóa" });
  first.replaceChildren(
    element("p", { className: "explain", textContent: "Sẽ xóa:" }),
    element("blockquote", { textContent: body.text }),
    ...body.problems.slice(0, 8).map(problemLine),
    ...(body.problems.length ? [element("p", { textContent: `Những chỗ trên đang dẫn đến mục này${body.following ? ` (kéo theo ${body.following} lỗi khác)` : ""}, xóa thì không dựng được văn bản cho đến khi sửa.` })] : []),
    yes, " ", no,
  );
  no.addEventListener("click", () => { first.replaceChildren(); list.querySelector("[data-delete]").focus(); });
  yes.addEventListener("click", async () => {
    const gone = await change("/muc/xoa", list, { confirmed: true });
    if (!gone.ok) told(list, first, gone);
    else {
      panel.replaceChildren(element("p", { className: "note", textContent: "Đã xóa. Muốn lấy lại thì bấm “Lấy lại thay đổi vừa ghi” ở trên." }));
      panel.focus();
    }
  });
  no.focus();
}

function told(list, place, body) {
  if (body.ok) return;
  place.classList.add("refused");
  place.textContent = body.version
    ? "Tệp vừa được sửa ở nơi khác nên chưa đổi gì — bấm lại vào chữ trên trang để xem bản mới, rồi làm lại."
    : body.errors.join(" ");
}
