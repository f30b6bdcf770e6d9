"use strict";

/* A content file as text: line numbers, what may be typed at the cursor, mistakes while typing. */

const main = document.querySelector("main[data-file]");
const box = document.querySelector("#chu");
const numbers = document.querySelector(".numbers");
const list = document.querySelector("#goi-y");
const said = document.querySelector("#bao");
const mistakes = document.querySelector("#loi");
const both = document.querySelector(".both");
let written = box.value;

function element(name, values) {
  return Object.assign(document.createElement(name), values);
}

function tell(text, refused = false) {
  said.className = refused ? "refused" : "";
  said.textContent = text;
}

/* --- lines ---------------------------------------------------------------------------------- */

function cursor() {
  const before = box.value.slice(0, box.selectionStart).split("\n");
  return { line: before.length, column: before.at(-1).length + 1 };
}

function number(wrong = new Set()) {
  const count = box.value.split("\n").length;
  numbers.replaceChildren(...Array.from({ length: count }, (_, at) =>
    element("div", { textContent: at + 1, className: wrong.has(at + 1) ? "wrong" : "" })));
  numbers.scrollTop = box.scrollTop;
}

function goTo(line, column) {
  const lines = box.value.split("\n");
  const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  box.focus();
  box.setSelectionRange(at, at);
  box.scrollTop = Math.max(0, (line - 1) * lineHeight() - box.clientHeight / 3);
}

function lineHeight() {
  return parseFloat(getComputedStyle(box).lineHeight);
}

/* Put text in the place of the last letters, so that the browser can undo it. */
function insert(text, length) {
  box.setSelectionRange(box.selectionStart - length, box.selectionStart);
  document.execCommand("insertText", false, text);
}

/* --- mistakes ------------------------------------------------------------------------------- */

let checks = 0;
let waiting = 0;

function checkSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(check, 400);
}

async function check() {
  const turn = ++checks;
  const answer = await ask(`/soat-tep/${main.dataset.file}`, { text: box.value });
  if (turn !== checks) return;
  if (answer.ok) showMistakes(answer);
  else mistakes.textContent = answer.errors.join("\n");
}

function showMistakes({ own, elsewhere }) {
  number(new Set(own.map((each) => each.line)));
  const lines = own.map((each) => {
    const button = element("button", { type: "button", className: "goto", textContent: `dòng ${each.line}:${each.column}: ${each.message}` });
    button.addEventListener("click", () => goTo(each.line, each.column));
    return button;
  });
  const others = elsewhere.map((text) => element("p", { className: "problem", textContent: text }));
  if (others.length) others.unshift(element("p", { textContent: "Ở tệp khác, do tệp này:" }));
  if (!lines.length && !others.length) lines.push(element("p", { textContent: "Không có lỗi." }));
  mistakes.replaceChildren(...lines, ...others);
}

/* --- what may be typed ---------------------------------------------------------------------- */

let offered = [];
let picked = 0;
let turns = 0;

async function offer() {
  const turn = ++turns;
  const answer = await ask(`/goi-y/${main.dataset.file}`, { text: box.value, ...cursor() });
  if (turn !== turns) return;
  offered = answer.ok ? answer.found.slice(0, 60) : [];
  picked = 0;
  draw();
}

function close() {
  turns++;
  offered = [];
  draw();
}

function draw() {
  list.hidden = !offered.length;
  list.replaceChildren(...offered.map((each, at) => {
    const option = element("div", { id: `g-${at}`, textContent: each.label });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", at === picked);
    option.append(element("small", { textContent: each.detail }));
    option.addEventListener("mousedown", (event) => { event.preventDefault(); picked = at; take(); });
    return option;
  }));
  if (!offered.length) {
    box.removeAttribute("aria-activedescendant");
    return;
  }
  box.setAttribute("aria-activedescendant", `g-${picked}`);
  const { line, column } = cursor();
  list.style.left = `${Math.max(0, Math.min(box.offsetLeft + 8 + (column - 1) * letter() - box.scrollLeft, box.offsetLeft + box.clientWidth - 320))}px`;
  list.style.top = `${8 + line * lineHeight() - box.scrollTop}px`;
  list.children[picked].scrollIntoView({ block: "nearest" });
}

let width = 0;
function letter() {
  if (!width) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = getComputedStyle(box).font;
    width = pen.measureText("0").width;
  }
  return width;
}

function take() {
  const each = offered[picked];
  const { column } = cursor();
  close();
  insert(each.text, column - each.start);
}

/* --- writing -------------------------------------------------------------------------------- */

async function save(anyway) {
  tell("Đang ghi …");
  const text = box.value;
  const answer = await ask(`/ghi-tep/${main.dataset.file}`, { text, version: main.dataset.version, anyway });
  if (!answer.ok) {
    tell(answer.errors.join(" "), true);
    if (answer.now !== null && answer.now !== undefined) showBoth(answer);
    return;
  }
  showMistakes(answer);
  if (!answer.written) {
    const yes = element("button", { type: "button", className: "quiet", textContent: "Vẫn ghi" });
    yes.addEventListener("click", () => save(true));
    tell(`Chưa ghi: tệp còn ${answer.own.length} lỗi, ghi thì văn bản dùng tệp này chưa dựng được. `, true);
    said.append(yes);
    return;
  }
  main.dataset.version = answer.version;
  written = text;
  both.hidden = true;
  tell(answer.own.length ? "Đã ghi; tệp còn lỗi, xem bên cạnh." : "Đã ghi.");
}

/* The file was changed elsewhere: both versions, and the choice which one stays. */
function showBoth(answer) {
  const view = (title, text) => {
    const own = element("textarea", { readOnly: true, value: text });
    const label = element("label", { textContent: title });
    label.append(own);
    return label;
  };
  const pair = element("div", { className: "pair" });
  pair.append(view("Bản trong tệp hiện nay", answer.now), view("Bản của bạn", box.value));
  const mine = element("button", { type: "button", textContent: "Ghi bản của tôi" });
  const theirs = element("button", { type: "button", className: "quiet", textContent: "Lấy bản trong tệp" });
  mine.addEventListener("click", () => { main.dataset.version = answer.version; save(true); });
  theirs.addEventListener("click", () => {
    main.dataset.version = answer.version;
    box.focus();
    box.select();
    document.execCommand("insertText", false, answer.now);
    written = box.value;
    both.hidden = true;
    tell("Đã lấy bản trong tệp; bản của bạn lấy lại được bằng Ctrl+Z.");
  });
  both.replaceChildren(element("p", { textContent: "Tệp vừa được sửa ở nơi khác. Chọn bản giữ lại, hoặc chép phần cần từ bản này sang bản kia:" }), pair, mine, " ", theirs);
  both.hidden = false;
  both.scrollIntoView({ block: "nearest" });
  theirs.focus();
}

/* --- keys ----------------------------------------------------------------------------------- */

function keyed(event) {
  if (offered.length) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      picked = (picked + step + offered.length) % offered.length;
      draw();
      return;
    }
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      if (event.key === "Enter") take();
      else close();
      return;
    }
  }
  if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    offer();
  } else if (event.key === "Enter" && !event.ctrlKey && box.selectionStart === box.selectionEnd) {
    event.preventDefault();
    const line = box.value.slice(0, box.selectionStart).split("\n").at(-1);
    insert(`\n${line.match(/^ */)[0]}`, 0);
  }
}

box.addEventListener("keydown", keyed);
box.addEventListener("input", (event) => {
  number();
  checkSoon();
  if (/^[\w.-]$/.test(event.data ?? "") || event.data === " " && /[:,[{-] $/.test(box.value.slice(0, box.selectionStart))) offer();
  else close();
});
box.addEventListener("scroll", () => { numbers.scrollTop = box.scrollTop; if (offered.length) close(); });
box.addEventListener("blur", close);
document.querySelector("#ghi").addEventListener("click", () => save(false));
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save(false);
  }
});
window.addEventListener("beforeunload", (event) => { if (box.value !== written) event.preventDefault(); });

number();
check();
const [line, column] = (new URLSearchParams(location.search).get("dong") ?? "").split(":").map(Number);
if (line) goTo(line, column || 1);
