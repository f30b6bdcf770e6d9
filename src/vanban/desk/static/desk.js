"use strict";

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
  document.addEventListener("goto", (event) => goTo(event.detail));
  document.addEventListener("changed", refresh);
  document.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      neighbour(event.key === "ArrowDown" ? 1 : -1);
    }
  });
}
