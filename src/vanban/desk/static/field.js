"use strict";

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
