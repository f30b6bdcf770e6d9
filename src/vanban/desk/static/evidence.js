import { forget, remember, renew } from "./renew.js";

const tree = document.querySelector("#cay");
const shown = document.querySelector("#tc");
const waiting = document.querySelector("#cho");
const all = document.querySelector("#ghi-tat-ca");
const said = document.querySelector("#bao");

function say(text, refused = false) {
  said.className = refused ? "refused" : "";
  said.textContent = text;
}

function conclude(answer, done) {
  say(answer.ok ? [done, ...(answer.notes ?? [])].join("\n") : wrongs(answer), !answer.ok);
}

/* What went wrong in words; where others changed the same thing, also what stands there now. */
function wrongs(answer) {
  return answer.errors.join("\n") + (answer.now ? `\nHiện nay: “${answer.now}”` : "");
}

/* The values of a form's boxes by the keys of the register; a box that is not ticked is empty. */
function valuesOf(form) {
  const boxes = [...form.querySelectorAll("[name]")];
  return Object.fromEntries(boxes.map((box) => [box.name, box.type === "checkbox" && !box.checked ? "" : box.value]));
}

/* Show a refusal in the form, beside the box that it is about where that is known. */
function refuse(form, answer) {
  const told = form.querySelector(".refused");
  told.textContent = answer.ok ? "" : wrongs(answer);
  told.id ||= `l-${form.querySelector("[name]").id}`;
  for (const box of form.querySelectorAll("[aria-invalid]")) {
    box.removeAttribute("aria-invalid");
    box.removeAttribute("aria-describedby");
  }
  const box = answer.field && form.querySelector(`[name="${answer.field}"]`);
  if (!box) return;
  box.setAttribute("aria-invalid", "true");
  box.setAttribute("aria-describedby", told.id);
  box.focus();
}

/* --- the tree and the criterion beside it ------------------------------------------------- */

let code = "";

remember(tree);

async function showTree() {
  const answer = await ask("/minh-chung/cay");
  if (!answer.ok) return say(wrongs(answer), true);
  renew(tree, answer.text);
  mark();
}

function mark() {
  for (const row of tree.querySelectorAll("tr[data-code]")) row.classList.toggle("chosen", row.dataset.code === code);
}

async function showCriterion(next, focus = false) {
  const answer = await ask(`/minh-chung/tieu-chi/${next}`);
  if (!answer.ok) return say(wrongs(answer), true);
  code = next;
  if (renew(shown, answer.text)) takeFiles();
  mark();
  if (focus) shown.querySelector("h2").focus();
}

function takeFiles() {
  for (const zone of shown.querySelectorAll(".drop")) {
    takesFiles(zone, (files) => take(files, zone.dataset.criterion, zone.dataset.document ?? ""));
  }
}

/* What is being typed into an entry is not taken away. */
async function refresh() {
  const isTyping = shown.querySelector("form.change");
  await Promise.all([showTree(), code && !isTyping ? showCriterion(code) : null]);
}

tree.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-open]");
  if (!button) return;
  if (unsaved().length && !(await sure("Chỗ đang gõ ở tiêu chí này chưa ghi. Bỏ chỗ đang gõ?", "Bỏ chỗ đang gõ"))) return;
  shown.querySelectorAll("form.change").forEach((form) => form.remove());
  forget(shown);
  showCriterion(button.dataset.open, true);
});

/* Boxes of entries that say something else than when they were opened. */
function unsaved() {
  return [...shown.querySelectorAll("form.change [name]")].filter((box) => (
    box.type === "checkbox" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue));
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved().length || waiting.querySelector("form")) event.preventDefault();
});

document.querySelector("#con-thieu").addEventListener("change", (event) => {
  tree.classList.toggle("lacking-only", event.target.checked);
});

/* A file dropped on the row of a criterion is for that criterion; beside a row nothing happens. */
let over = null;
function hover(row) {
  over?.classList.remove("over");
  over = row;
  over?.classList.add("over");
}
for (const name of ["dragover", "dragenter", "dragleave", "drop"]) {
  tree.addEventListener(name, (event) => {
    event.preventDefault();
    const row = name.startsWith("drag") && name !== "dragleave" ? event.target.closest("tr[data-code]") : null;
    const target = name === "drop" ? event.target.closest("tr[data-code]") : null;
    hover(row);
    const files = target ? [...event.dataTransfer.files] : [];
    if (!files.length) return;
    showCriterion(target.dataset.code);
    take(files, target.dataset.code, "");
  });
}
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());

/* --- new files --------------------------------------------------------------------------- */

/* Files are sent one after the other; each then waits for its person to confirm it. */
let queue = Promise.resolve();

const most = Number(document.querySelector(".evidence").dataset.most);

function take(files, criterion, document_) {
  for (const file of files) {
    const { bar, part } = waits(file.name, criterion);
    const look = (upload) => ({ upload, file: "", criterion, document: document_, unread: false });
    queue = queue.then(() => send(file, look, bar, part));
  }
}

/* The place where a file waits: its name, how far it is sent, and what becomes of it. */
function waits(name, criterion) {
  const box = document.createElement("section");
  box.className = "waiting";
  const title = document.createElement("h3");
  title.textContent = `${name} → tiêu chí ${criterion}`;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Đã gửi ${name}`);
  const part = document.createElement("div");
  box.append(title, bar, part);
  waiting.append(box);
  return { bar, part };
}

async function send(file, look, bar, part) {
  if (file.size > most) {
    const large = `${file.name}: lớn hơn ${most / 1e6} MB — quét lại với độ phân giải thấp hơn hoặc tách tệp`;
    return notTaken({ errors: [large] }, bar, part);
  }
  const sent = await sendFile(file, (done) => { bar.value = done; });
  if (!sent.ok) return notTaken(sent, bar, part);
  await read(file.name, look(sent.id), bar, part);
}

async function read(name, look, bar, part) {
  bar.removeAttribute("value");
  part.textContent = "Đang đọc trang 1 …";
  const answer = await ask("/minh-chung/xem", look);
  if (!answer.ok) {
    const again = answer.unread ? () => read(name, { ...look, unread: true }, bar, part) : null;
    return notTaken(answer, bar, part, again);
  }
  bar.remove();
  part.innerHTML = answer.text;
  say(`${name}: xem các ô đọc từ trang 1 rồi bấm “Ghi vào sổ”.`);
  count();
}

/* A file that lies in the folder already, for the criterion that is being looked at. */
tree.addEventListener("click", (event) => {
  const { stray } = event.target.dataset;
  if (!stray) return;
  if (!code) return say("Chọn tiêu chí trước, rồi ghi tệp vào sổ cho tiêu chí ấy.", true);
  const { bar, part } = waits(stray, code);
  read(stray, { upload: "", file: stray, criterion: code, document: "", unread: false }, bar, part);
});

/* Tell why a file is not taken; what is doubtful only may be looked at `again`. */
function notTaken(answer, bar, part, again = null) {
  bar.remove();
  const told = document.createElement("p");
  told.className = "refused";
  told.textContent = `Không nhận: ${wrongs(answer)}`;
  say(told.textContent, true);
  const doing = document.createElement("p");
  doing.className = "acts";
  if (again) doing.append(button("Vẫn xem, không đối chiếu trang 1", again));
  doing.append(button("Đóng", () => part.closest(".waiting").remove()));
  part.replaceChildren(told, doing);
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function count() {
  all.hidden = waiting.querySelectorAll("form").length < 2;
}

async function confirm_(form) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const unread = form.querySelector("[data-unread]")?.checked ?? false;
  const answer = await ask("/minh-chung/them", {
    ...form.dataset, values: valuesOf(form), unread,
  });
  button.disabled = false;
  refuse(form, answer);
  if (!answer.ok) return false;
  form.closest(".waiting").remove();
  count();
  conclude(answer, `Đã ghi ${answer.code} vào sổ.`);
  return true;
}

waiting.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { criterion } = event.target.dataset;
  if (!(await confirm_(event.target))) return;
  code = criterion;
  await refresh();
  focusNext();
});

/* The next file that waits, else the criterion. */
function focusNext() {
  (waiting.querySelector("form [name]:not([type=hidden])") ?? shown.querySelector("h2"))?.focus();
}

waiting.addEventListener("click", async (event) => {
  if (!event.target.matches("[data-drop]")) return;
  const form = event.target.closest("form");
  await ask("/minh-chung/bo-tep", { upload: form.dataset.upload });
  form.closest(".waiting").remove();
  count();
  focusNext();
});

all.querySelector("button").addEventListener("click", async () => {
  let done = 0;
  for (const form of waiting.querySelectorAll("form")) done += (await confirm_(form)) ? 1 : 0;
  const left = waiting.querySelectorAll("form").length;
  await refresh();
  say(`Đã ghi ${done} tài liệu vào sổ.${left ? ` Còn ${left} tệp chưa ghi được, xem chữ đỏ.` : ""}`, left > 0);
  focusNext();
});

/* --- entries ----------------------------------------------------------------------------- */

const entryAddress = (item) => `/minh-chung/tai-lieu/${item.dataset.entry}`;

async function openEntry(item) {
  const answer = await ask(`${entryAddress(item)}/sua`);
  if (!answer.ok) return say(wrongs(answer), true);
  item = shown.querySelector(`[data-entry="${item.dataset.entry}"]`); // perhaps shown anew meanwhile
  if (!item) return;
  const place = item.querySelector(".edit");
  place.innerHTML = answer.text;
  const zone = place.querySelector(".drop");
  takesFiles(zone, ([file]) => replaceFile(item, zone, file));
  place.querySelector("[name]").focus();
}

async function replaceFile(item, zone, file) {
  const form = zone.closest("form");
  const bar = zone.querySelector("progress");
  bar.hidden = false;
  const sent = await sendFile(file, (done) => { bar.value = done; });
  const answer = sent.ok
    ? await ask(`${entryAddress(item)}/thay`, {
      upload: sent.id, seen: form.dataset.seen, pages: valuesOf(form).trang,
      unread: zone.querySelector("[data-unread]")?.checked ?? false,
    })
    : sent;
  bar.hidden = true;
  refuse(form, answer);
  if (!answer.ok) return;
  form.remove();
  forget(shown);
  await refresh();
  shown.querySelector(`[data-entry="${item.dataset.entry}"] [data-act=sua]`)?.focus();
  conclude(answer, `Đã thay tệp của ${item.dataset.entry}; tệp cũ ở thùng rác (${answer.binned.join(", ")}).`);
}

const question = document.querySelector("#hoi");

function sure(text, yes) {
  question.querySelector("p").textContent = text;
  question.querySelector("[value=co]").textContent = yes;
  question.returnValue = "";
  question.showModal();
  return new Promise((done) => {
    question.addEventListener("close", () => done(question.returnValue === "co"), { once: true });
  });
}
question.addEventListener("click", (event) => {
  if (event.target.value) question.close(event.target.value);
});

async function removeEntry(item) {
  const name = item.dataset.entry;
  const file = item.querySelector(".place").textContent;
  const seen = await ask(`${entryAddress(item)}/sua`);
  if (!seen.ok) return say(wrongs(seen), true);
  const mark_ = new DOMParser().parseFromString(seen.text, "text/html").querySelector("form").dataset.seen;
  if (!(await sure(`Bỏ ${name} khỏi sổ? Tệp ${file} được chuyển vào thùng rác, lấy lại được.`, "Bỏ khỏi sổ"))) return;
  const answer = await ask(`${entryAddress(item)}/bo`, { seen: mark_ });
  if (answer.ok) {
    await refresh();
    shown.querySelector("h2")?.focus();
  }
  conclude(answer, `Đã bỏ ${name}; tệp ở thùng rác${answer.ok ? ` (${answer.binned.join(", ")})` : ""}.`);
}

shown.addEventListener("click", (event) => {
  const item = event.target.closest("[data-entry]");
  const { act } = event.target.dataset;
  if (act === "sua") openEntry(item);
  if (act === "bo") removeEntry(item);
  if (event.target.matches("[data-close]")) {
    item.querySelector(".edit").replaceChildren();
    refresh();
    item.querySelector("[data-act=sua]").focus();
  }
});

document.addEventListener("click", (event) => {
  const step = Number(event.target.dataset?.turn);
  if (!step) return;
  const part = event.target.closest(".seen");
  const place = part.querySelector("[data-page]");
  const page = Math.min(Math.max(Number(place.textContent) + step, 1), Number(place.dataset.page));
  place.textContent = page;
  const [link, picture] = part.querySelectorAll("a, img");
  link.href = link.href.replace(/(\/trang\/)\d+/, `$1${page}`);
  picture.src = link.href;
  picture.alt = picture.alt.replace(/trang \d+/, `trang ${page}`);
});

shown.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const item = form.closest("[data-entry]");
  const answer = await ask(`${entryAddress(item)}/sua`, { seen: form.dataset.seen, values: valuesOf(form) });
  refuse(form, answer);
  if (!answer.ok) return;
  form.remove();
  forget(shown);
  await refresh();
  shown.querySelector(`[data-entry="${item.dataset.entry}"] [data-act=sua]`)?.focus();
  say(`Đã ghi ${item.dataset.entry}.`);
});

document.querySelector("#lay-lai").addEventListener("click", async () => {
  const answer = await takenBack();
  if (answer.ok) {
    shown.querySelector("form.change")?.remove();
    forget(shown);
    await refresh();
  }
  conclude(answer, `Đã lấy lại: ${answer.undone}`);
});

/* Others changed the content, or the dossier was made, whose pages are told. */
for (const name of ["changed", "dossier"]) document.addEventListener(name, refresh);
