"use strict";

/* One box over the page: filled anew each time; Esc closes it and the focus goes back. */
const box = document.createElement("dialog");
box.setAttribute("aria-labelledby", "hop-ten");
document.body.append(box);
box.addEventListener("click", (event) => {
  if (event.target.closest("button.close")) box.close();
});

function openBox(html) {
  box.innerHTML = html;
  if (!box.open) box.showModal();
  (box.querySelector("textarea, input") ?? box.querySelector("button"))?.focus();
}
