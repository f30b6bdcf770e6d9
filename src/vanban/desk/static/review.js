"use strict";

/* Findings on the pages: the words they are about are underlined, and told beside their field. */

const MOST = 120; /* letters; a whole paragraph is not underlined */
const LEVELS = { "Lỗi": "error", "Cảnh báo": "warning" };

/* What the check says follows a moment after the pages (findings.js). */
function review() {
  document.dispatchEvent(new Event("check"));
}

/* "3,8:10:14 …": words by number, and the letters of them. */
function targetsOf(button) {
  return button.dataset.targets.trim().split(" ").map((each) => {
    const [words, start, end] = each.split(":");
    return { words: words.split(","), start: Number(start), end: Number(end) };
  });
}

function stretchesOf(words) {
  return words.flatMap((word) => [...document.querySelectorAll(`tspan[data-o="${word}"]`)]);
}

/* The stretch of a finding's words where they begin, and the words chosen in their field. */
async function goTo(targets) {
  for (const { words, start, end } of targets) {
    const stretches = stretchesOf(words);
    const holds = (each) => start >= Number(each.dataset.at) && start < Number(each.dataset.at) + each.textContent.length;
    const stretch = stretches.find(holds) ?? stretches[0];
    if (!stretch) continue;
    stretch.scrollIntoView({ block: "center" });
    await open(stretch, start);
    panel.querySelector("textarea")?.setSelectionRange(start, end);
    return;
  }
}

/* Word, too, draws a line under what it doubts. */
function underline(stretch, from, to, level) {
  const begin = stretch.getStartPositionOfChar(from);
  const end = stretch.getEndPositionOfChar(to - 1);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const places = { x1: begin.x, y1: begin.y + 2, x2: end.x, y2: end.y + 2 };
  Object.entries(places).forEach(([name, value]) => line.setAttribute(name, value));
  line.setAttribute("class", `doubt ${level}`);
  stretch.closest("svg").append(line);
}

function underlineAll() {
  document.querySelectorAll("line.doubt").forEach((each) => each.remove());
  Object.entries(LEVELS).reverse().forEach(([name, level]) => {
    document.querySelectorAll(`#soat [data-group="${name}"] .goto`).forEach((button) => {
      targetsOf(button).filter(({ start, end }) => end > start && end - start <= MOST).forEach(({ words, start, end }) => {
        stretchesOf(words).forEach((stretch) => {
          const at = Number(stretch.dataset.at);
          const from = Math.max(start - at, 0);
          const to = Math.min(end - at, stretch.getNumberOfChars());
          if (from < to) underline(stretch, from, to, level);
        });
      });
    });
  });
}

/* What was found in the field that is open stands right below it. */
const beside = document.createElement("div");
beside.id = "o-soat";

function tellBeside() {
  const word = document.querySelector("tspan.chosen")?.dataset.o;
  const about = (button) => targetsOf(button).some(({ words }) => words.includes(word));
  const field = panel.querySelector("form");
  const found = field ? [...document.querySelectorAll("#soat .goto")].filter(about) : [];
  const list = document.createElement("ul");
  list.className = "remarks";
  list.append(...found.map((button) => button.closest("li").cloneNode(true)));
  const head = document.createElement("h2");
  head.textContent = `Soát lỗi ở ô này (${found.length})`;
  beside.replaceChildren(head, list);
  if (found.length) field.after(beside);
  else beside.remove();
}

if (panel) {
  const isOwn = ({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].every((each) => each === beside);
  new MutationObserver((changes) => {
    if (!changes.every(isOwn)) tellBeside();
  }).observe(panel, { childList: true });
  document.addEventListener("reviewed", () => {
    underlineAll();
    tellBeside();
  });
  /* From the list of the year: the address names the finding. */
  document.addEventListener("reviewed", () => {
    const key = CSS.escape(location.hash.slice(1));
    if (key) document.querySelector(`#soat li[data-key="${key}"] :is(.goto, .open-value)`)?.click();
  }, { once: true });
  document.addEventListener("goto", (event) => goTo(targetsOf(event.detail)));
  document.addEventListener("open-value", ({ detail }) => openValue(detail.file, JSON.parse(detail.keys)));
}
