"use strict";

const work = document.querySelector(".work");
const panel = document.querySelector("#o");
const problems = document.querySelector("#van-de");

/* Pages that changed take the place of those before; the others are not touched. */
function show(answer) {
  const main = document.querySelector(".pages");
  const old = [...main.querySelectorAll(".page")];
  answer.marks.forEach((mark, index) => {
    let page = old[index];
    if (!page) {
      page = document.createElement("section");
      page.className = "page";
      page.setAttribute("aria-label", `Trang ${index + 1}`);
      main.append(page);
    }
    if (page.dataset.mark !== mark) {
      const known = old.find((other) => other.dataset.mark === mark && answer.pages[mark] === undefined);
      page.innerHTML = answer.pages[mark] ?? known.innerHTML;
      page.dataset.mark = mark;
    }
  });
  old.slice(answer.marks.length).forEach((page) => page.remove());
  problems.replaceChildren(...answer.problems.map((text) => {
    const line = document.createElement("p");
    line.className = "problem";
    line.textContent = text;
    return line;
  }));
}

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

async function open(stretch, at) {
  const mark = stretch.closest(".page").dataset.mark;
  const answer = await ask(`/o/${work.dataset.document}/${stretch.dataset.o}?trang=${mark}`);
  if (!answer.ok) {
    panel.textContent = answer.errors.join("\n");
    return;
  }
  panel.innerHTML = answer.text;
  document.querySelectorAll("tspan.chosen").forEach((each) => each.classList.remove("chosen"));
  document.querySelectorAll(`tspan[data-o="${stretch.dataset.o}"]`).forEach((each) => each.classList.add("chosen"));
  const box = panel.querySelector("textarea");
  if (box) {
    box.focus();
    box.setSelectionRange(at, at);
  }
}

async function save(form) {
  const said = form.querySelector(".saved");
  said.className = "saved";
  said.textContent = "Đang ghi …";
  const body = await ask("/gia-tri", {
    document: work.dataset.document,
    file: form.dataset.file,
    keys: JSON.parse(form.dataset.keys),
    version: form.dataset.version,
    text: form.querySelector("textarea").value,
    known: [...document.querySelectorAll(".page")].map((page) => page.dataset.mark),
  });
  if (!body.ok) {
    said.className = "saved refused";
    said.textContent = body.errors.join(" ") + (body.now === null ? "" : ` Hiện nay: “${body.now}”`);
    return;
  }
  panel.querySelectorAll(`form[data-file="${CSS.escape(form.dataset.file)}"]`).forEach((other) => { other.dataset.version = body.version; });
  show(body);
  said.textContent = "Đã ghi.";
  review();
}

/* What the check says follows a moment after the pages; only the newest answer is shown. */
let asked = 0;
async function review() {
  const number = ++asked;
  const answer = await ask(`/van-ban/${work.dataset.document}/soat`);
  if (number !== asked) return;
  const told = document.querySelector("#soat");
  if (answer.ok) told.innerHTML = answer.text;
  else told.textContent = answer.errors.join("\n");
}

async function refresh() {
  const known = [...document.querySelectorAll(".page")].map((page) => page.dataset.mark).join();
  const answer = await ask(`/van-ban/${work.dataset.document}/trang?co=${known}`);
  if (answer.ok) show(answer);
}

async function takeBack() {
  const told = document.querySelector("#bao");
  const body = await ask("/lay-lai", {});
  if (body.ok) {
    panel.replaceChildren();
    await refresh();
    review();
  }
  told.textContent = body.ok ? `Đã lấy lại: ${body.undone}` : body.errors.join("\n");
}

/* The first stretch of a word, or of the next one that can be typed in. */
function stretchOf(number) {
  return document.querySelector(`tspan[data-o="${number}"]`);
}

function neighbour(step) {
  const stretches = [...document.querySelectorAll("tspan.typed")];
  const numbers = [...new Set(stretches.map((each) => each.dataset.o))];
  const chosen = document.querySelector("tspan.chosen");
  const at = numbers.indexOf(chosen ? chosen.dataset.o : "");
  const next = numbers[at + step];
  if (next === undefined) return;
  const stretch = stretchOf(next);
  stretch.scrollIntoView({ block: "nearest" });
  open(stretch, Number(stretch.dataset.at));
}

if (work) {
  work.addEventListener("click", (event) => {
    const stretch = event.target.closest("tspan[data-o]");
    if (stretch) open(stretch, position(event, stretch));
  });
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.target);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event.target.closest("form"));
  });
  document.querySelector("#lay-lai").addEventListener("click", takeBack);
  document.querySelector("#soat").addEventListener("click", (event) => {
    const button = event.target.closest("button.goto");
    const stretch = button && stretchOf(button.dataset.word);
    if (!stretch) return;
    stretch.scrollIntoView({ block: "center" });
    open(stretch, Number(stretch.dataset.at));
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      neighbour(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  review();
}
