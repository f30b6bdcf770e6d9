"use strict";

/* Everything by keyboard. On the pages one word is in the order of Tab; arrows go from word to word,
   Enter opens its field. In a field that was opened from a page Tab saves and goes to the next field
   of the document, until Esc: it leads back to the word, and Tab is then that of any page. */

let chosen = "";

function choose(number) {
  chosen = number;
  document.querySelectorAll("tspan.chosen").forEach((each) => each.classList.remove("chosen"));
  const stretches = document.querySelectorAll(`tspan[data-o="${number}"]`);
  stretches.forEach((each) => each.classList.add("chosen"));
  if (stretches.length) stopAt(stretches[0]);
}

/* The one stretch that Tab comes to. */
function stopAt(stretch) {
  document.querySelectorAll("tspan[tabindex]").forEach((each) => {
    each.removeAttribute("tabindex");
    each.removeAttribute("role");
  });
  stretch.setAttribute("tabindex", "0");
  stretch.setAttribute("role", "button");
}

/* A frame around the stretch that has the focus, in parts of its page: it stays at any width. */
function ring(event) {
  document.querySelector(".ring")?.remove();
  const stretch = event.type === "focusin" && event.target.closest("tspan");
  if (!stretch) return;
  const page = stretch.closest(".page");
  const [own, whole] = [stretch.getBoundingClientRect(), page.getBoundingClientRect()];
  const frame = element("div", { className: "ring" });
  const part = (length, of) => `${(100 * length) / of}%`;
  frame.style.left = part(own.left - whole.left - 4, whole.width);
  frame.style.top = part(own.top - whole.top - 3, whole.height);
  frame.style.width = part(own.width + 8, whole.width);
  frame.style.height = part(own.height + 6, whole.height);
  page.append(frame);
}

function numbersOf(selector) {
  return [...new Set([...document.querySelectorAll(selector)].map((each) => each.dataset.o))];
}

/* Pages were shown anew: the chosen word is marked again, and Tab comes to one. */
function chooseAgain() {
  choose(stretchOf(chosen) ? chosen : (numbersOf("tspan[data-o]")[0] ?? ""));
}

function neighbour(step) {
  const numbers = numbersOf("tspan.typed");
  const at = numbers.indexOf(chosen);
  const next = numbers[at < 0 ? nearest(numbers, step) : at + step];
  return next === undefined ? null : stretchOf(next);
}

/* From a word that is no field: the field behind it, or before it. */
function nearest(numbers, step) {
  const all = numbersOf("tspan[data-o]");
  const from = all.indexOf(chosen);
  const behind = numbers.findIndex((number) => all.indexOf(number) > from);
  return step > 0 ? behind : (behind < 0 ? numbers.length : behind) - 1;
}

async function openAt(stretch) {
  stretch.scrollIntoView({ block: "nearest" });
  await open(stretch, Number(stretch.dataset.at));
}

/* Save what was typed, then open the next field; a refused value is stayed with. */
async function leave(step) {
  const form = mainForm();
  if (isChanged(form) && !await save(form)) return;
  const stretch = neighbour(step);
  if (stretch) await openAt(stretch);
}

function backToPage() {
  panel.dataset.walking = "";
  const stretch = stretchOf(chosen);
  if (!stretch) return;
  stretch.scrollIntoView({ block: "nearest" });
  stretch.focus({ preventScroll: true });
}

function inPanel(event) {
  const main = boxOf(mainForm());
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.closest("form")?.requestSubmit();
  } else if (event.key === "Escape") {
    event.preventDefault();
    backToPage();
  } else if (event.key === "Tab" && panel.dataset.walking && event.target === main && neighbour(event.shiftKey ? -1 : 1)) {
    event.preventDefault();
    leave(event.shiftKey ? -1 : 1);
  }
}

/* Arrows on a page: to the stretch before or behind, or to that of the line above or below. */
function onPage(event) {
  const from = event.target.closest("tspan[data-o]");
  if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    open(from, Number(from.dataset.at));
    return;
  }
  const all = [...document.querySelectorAll("tspan[data-o]")];
  const at = all.indexOf(from);
  const goal = {
    ArrowRight: () => all[at + 1],
    ArrowLeft: () => all[at - 1],
    ArrowDown: () => line(all.slice(at + 1), from, 1),
    ArrowUp: () => line(all.slice(0, at).reverse(), from, -1),
    Home: () => all[0],
    End: () => all.at(-1),
  }[event.key]?.();
  if (!goal) return;
  event.preventDefault();
  chosen = goal.dataset.o;
  stopAt(goal);
  goal.focus();
  goal.scrollIntoView({ block: "nearest" });
}

function line(stretches, from, step) {
  const own = from.getBoundingClientRect();
  return stretches.find((each) => (each.getBoundingClientRect().top - own.top) * step > own.height / 2);
}
