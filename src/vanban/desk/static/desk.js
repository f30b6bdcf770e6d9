"use strict";

async function takeBack() {
  const told = document.querySelector("#bao");
  const body = await takenBack();
  if (body.ok) {
    panel.replaceChildren();
    await refresh();
    review();
  }
  told.textContent = body.ok ? `Đã lấy lại: ${body.undone}` : body.errors.join("\n");
}

function clicked(event) {
  const button = event.target.closest("button");
  const list = event.target.closest(".list");
  if (button?.classList.contains("open-value")) openValue(button.dataset.file, JSON.parse(button.dataset.keys));
  else if (list && button?.dataset.move) shift(() => move(list, button.dataset.move === "up"));
  else if (list && button?.hasAttribute("data-delete")) remove(list);
}

if (work) {
  const pages = document.querySelector(".pages");
  pages.addEventListener("click", (event) => {
    const stretch = event.target.closest("tspan[data-o]");
    if (stretch) open(stretch, position(event, stretch));
  });
  pages.addEventListener("keydown", onPage);
  pages.addEventListener("focusin", ring);
  pages.addEventListener("focusout", ring);
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.classList.contains("new-item")) shift(() => add(event.target));
    else save(event.target);
  });
  panel.addEventListener("click", clicked);
  panel.addEventListener("keydown", inPanel);
  document.querySelector("#lay-lai").addEventListener("click", takeBack);
  document.addEventListener("changed", refresh);
  document.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      leave(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  chooseAgain();
  document.querySelectorAll("tspan.chosen").forEach((each) => each.classList.remove("chosen"));
}
