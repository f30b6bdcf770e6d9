"use strict";

/* Figures and notes that are typed and not yet written are kept by the browser; figures that others write come into the
   sheet, but into boxes that somebody is typing in. */
const sheet = document.querySelector("main[data-period]");
const bar = document.querySelector("header[data-state]");
const PREFIX = `nhap:${bar.dataset.person}:so-lieu/${bar.dataset.year}/${sheet.dataset.period}#`;
const boxes = [...sheet.querySelectorAll("input[data-indicator], input[data-note]")];

function keyOf({ dataset }) {
  return PREFIX + (dataset.indicator ?? `ghi-chu/${dataset.note}`);
}

function forget(box) {
  localStorage.removeItem(keyOf(box));
}

function restore() {
  const found = boxes.filter((box) => localStorage.getItem(keyOf(box)) !== null);
  if (!found.length) return;
  found.forEach((box) => { box.value = JSON.parse(localStorage.getItem(keyOf(box))).text; });
  const line = Object.assign(document.createElement("p"), { className: "draft", role: "status" });
  const write = Object.assign(document.createElement("button"), { type: "button", textContent: "Ghi các ô ấy" });
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Bỏ, lấy số đã ghi" });
  write.addEventListener("click", () => {
    line.remove();
    found.forEach((box) => box.dispatchEvent(new Event("change", { bubbles: true })));
  });
  drop.addEventListener("click", () => {
    line.remove();
    found.forEach((box) => { box.value = box.defaultValue; forget(box); });
  });
  const names = found.map((box) => `${box.getAttribute("aria-label")}: ${box.value}`).join("; ");
  line.append(`Chữ, số đã gõ mà chưa ghi, được giữ lại: ${names}. `, write, " ", drop);
  sheet.querySelector("h1").after(line);
}

async function compare() {
  const answer = await fetch(location.pathname, { headers: { ...OF_PAGE, Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  boxes.filter((box) => box.value === box.defaultValue).forEach((box) => {
    const other = fresh.getElementById(box.id);
    if (other) box.value = box.defaultValue = other.defaultValue;
  });
}

sheet.addEventListener("input", ({ target }) => {
  if (!boxes.includes(target)) return;
  if (target.value === target.defaultValue) forget(target);
  else localStorage.setItem(keyOf(target), JSON.stringify({ text: target.value, at: Date.now() }));
});
sheet.addEventListener("field-saved", ({ target }) => forget(target));
document.addEventListener("changed", compare);
restore();
