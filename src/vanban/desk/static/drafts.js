"use strict";

/* What is typed and not yet written is kept by the browser, until it is written or given up; and a field that
   changed elsewhere meanwhile shows both versions. Fields are known by their file and keys. */
const bar = document.querySelector("header[data-state]");
const panel = document.querySelector("#o");
const PREFIX = `nhap:${bar.dataset.person}:`;
const MOST = 200;

/* What a text says: files keep letters in one piece and blanks single, however they are typed. */
function plain(text) {
  return text.normalize("NFC").split(/\s+/).filter(Boolean).join(" ");
}

function formsIn(owner) {
  return [...owner.querySelectorAll("form.field")];
}

function boxIn(form) {
  return form.querySelector("textarea, input, select");
}

function keyOf(form) {
  return `${PREFIX}${form.dataset.file}#${form.dataset.keys}`;
}

function keep(form) {
  const text = boxIn(form).value;
  if (text === form.dataset.before) forget(form);
  else {
    makeRoom();
    localStorage.setItem(keyOf(form), JSON.stringify({ text, before: form.dataset.before, at: Date.now() }));
  }
}

function forget(form) {
  localStorage.removeItem(keyOf(form));
  form.querySelector(".draft")?.remove();
}

/* The oldest go where there are too many. */
function makeRoom() {
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("nhap:"));
  const at = (key) => JSON.parse(localStorage.getItem(key)).at;
  if (kept.length >= MOST) kept.sort((one, other) => at(one) - at(other)).slice(0, kept.length - MOST + 1).forEach((key) => localStorage.removeItem(key));
}

function restore(form) {
  const found = localStorage.getItem(keyOf(form));
  if (found === null) return;
  const draft = JSON.parse(found);
  const now = form.dataset.before;
  if (plain(draft.text) === plain(now)) {
    forget(form);
    return;
  }
  boxIn(form).value = draft.text;
  const when = new Date(draft.at).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" });
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Bỏ, lấy bản đã ghi" });
  drop.addEventListener("click", () => {
    boxIn(form).value = form.dataset.before;
    forget(form);
    boxIn(form).focus();
  });
  note(form, [`Chữ gõ lúc ${when} chưa ghi, được giữ lại ở đây. `, drop]);
  if (plain(draft.before) !== plain(now)) bothVersions(form, { now, version: form.dataset.version });
}

function note(form, parts) {
  form.querySelector(".draft")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "draft", role: "status" });
  line.append(...parts);
  boxIn(form).after(line);
}

/* The fields of the panel as the file has them now. */
async function compare() {
  const forms = formsIn(panel);
  if (!forms.length) return;
  const asked = new URLSearchParams({ tep: forms[0].dataset.file, khoa: forms[0].dataset.keys });
  const answer = await ask(`/o?${asked}`);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(answer.text, "text/html");
  const found = new Map(formsIn(fresh).map((form) => [keyOf(form), form]));
  formsIn(panel).forEach((form) => {
    const other = found.get(keyOf(form));
    if (other) meet(form, boxIn(other).value, other.dataset.version);
  });
}

/* What is in a field meets what its file says now. */
function meet(form, now, version) {
  const box = boxIn(form);
  const [before, typed, is] = [form.dataset.before, box.value, now].map(plain);
  if (is !== before && typed !== before && typed !== is) {
    bothVersions(form, { now, version });
    return;
  }
  form.dataset.version = version;
  if (is === before) return;
  if (typed === before) note(form, ["Ô này vừa được sửa ở nơi khác, đây là bản mới."]);
  form.dataset.before = now;
  box.value = now;
  localStorage.removeItem(keyOf(form));
}

if (panel) {
  panel.addEventListener("input", (event) => {
    const form = event.target.closest("form.field");
    if (form) keep(form);
  });
  panel.addEventListener("field-opened", () => formsIn(panel).forEach(restore));
  panel.addEventListener("field-saved", (event) => forget(event.target));
  document.addEventListener("changed", compare);
}
