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
  chooseAgain();
  problems.replaceChildren(...answer.problems.map(problemLine));
}

/* What is wrong, with the place in its file. */
function problemLine({ message, words, address }) {
  const line = document.createElement("p");
  const place = document.createElement(address ? "a" : "span");
  if (address) place.href = address;
  place.textContent = words;
  line.className = "problem";
  line.append(`${message} – `, place);
  return line;
}

async function refresh() {
  const known = [...document.querySelectorAll(".page")].map((page) => page.dataset.mark).join();
  const answer = await ask(`/van-ban/${work.dataset.document}/trang?co=${known}`);
  if (answer.ok) show(answer);
}

/* The first stretch of a word, or of the next one that can be typed in. */
function stretchOf(number) {
  return document.querySelector(`tspan[data-o="${number}"]`);
}
