"use strict";

const sheet = document.querySelector("main[data-period]");
const said = document.querySelector("#bao");
const wrong = document.querySelector("#van-de");
let queue = Promise.resolve();

/* One request after the other: each names the version that the one before has left. */
function write(values) {
  queue = queue.then(() => send(values));
  return queue;
}

async function send(values) {
  said.textContent = "Đang ghi …";
  const body = await ask(`/so-lieu/${sheet.dataset.period}`, { version: sheet.dataset.version, values });
  if (!body.ok) {
    said.textContent = body.errors.join("\n");
    return;
  }
  sheet.dataset.version = body.version;
  for (const name of Object.keys(values)) {
    const refusal = body.refused[name] ?? "";
    sheet.querySelector(`[data-of="${name}"]`).textContent = refusal;
    const box = sheet.querySelector(`[data-indicator="${name}"]`);
    box.toggleAttribute("aria-invalid", refusal !== "");
    if (!refusal) box.value = body.values[name] ?? "";
  }
  wrong.replaceChildren(...body.problems.map((text) => {
    const line = document.createElement("p");
    line.className = "problem";
    line.textContent = text;
    return line;
  }));
  said.textContent = Object.keys(body.refused).length ? "Có ô chưa nhận, xem chữ đỏ." : "Đã ghi.";
}

sheet.addEventListener("change", (event) => {
  const name = event.target.dataset.indicator;
  if (name) write({ [name]: event.target.value });
});

/* A column of Excel fills the boxes below the one it is pasted into. */
sheet.addEventListener("paste", (event) => {
  const first = event.target.dataset.indicator && event.target;
  const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "").split("\n");
  if (!first || lines.length < 2) return;
  event.preventDefault();
  const boxes = [...sheet.querySelectorAll("input[data-indicator]")];
  const from = boxes.indexOf(first);
  const values = {};
  lines.forEach((line, index) => {
    const box = boxes[from + index];
    if (!box) return;
    box.value = line.split("\t")[0];
    values[box.dataset.indicator] = box.value;
  });
  write(values);
});

sheet.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.dataset.indicator) return;
  const boxes = [...sheet.querySelectorAll("input[data-indicator]")];
  boxes[boxes.indexOf(event.target) + (event.shiftKey ? -1 : 1)]?.focus();
});

document.querySelector("input:target")?.focus();
