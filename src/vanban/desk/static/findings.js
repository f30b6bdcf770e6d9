"use strict";

/* The list of findings, of one document beside its pages or of the year; and what is done to one. */
const list = document.querySelector("#soat");
const told = document.querySelector("#bao");
const paper = document.querySelector(".work");
const sifting = document.querySelector(".sifting");
let newest = 0;
let shown = "";

/* Only the newest answer is shown; groups stay open or closed as they were left. */
async function reviewed() {
  const number = ++newest;
  list.setAttribute("aria-busy", "true");
  const answer = await ask(`/soat-loi/danh-sach?van-ban=${paper?.dataset.document ?? ""}`);
  if (number !== newest) return;
  list.removeAttribute("aria-busy");
  if (!answer.ok) {
    list.textContent = answer.errors.join("\n");
    return;
  }
  if (answer.text === shown) return;
  shown = answer.text;
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const open = new Map([...list.querySelectorAll("details")].map((each) => [each.dataset.group, each.open]));
  list.innerHTML = answer.text;
  list.querySelectorAll("details").forEach((each) => { each.open = open.get(each.dataset.group) ?? each.open; });
  if (focused) refocus(focused);
  if (sifting) sift();
  document.dispatchEvent(new Event("reviewed"));
}

/* The button that stood in the place of one before, else the verdict. */
function refocus({ dataset, className }) {
  const same = [...list.querySelectorAll("button, summary")].find((each) => each.className === className && JSON.stringify(each.dataset) === JSON.stringify(dataset));
  (same ?? list.querySelector("#ket-luan"))?.focus();
}

async function settle(address, body, refusal) {
  const answer = await ask(address, body);
  if (!answer.ok) {
    refusal.textContent = answer.errors.join("\n");
    return;
  }
  box.close();
  await changed(answer.said);
}

async function changed(words) {
  document.dispatchEvent(new Event("changed"));
  await reviewed();
  told.textContent = words;
  list.querySelector("#ket-luan")?.focus();
}

async function show(address) {
  const answer = await ask(address);
  if (answer.ok) openBox(answer.text);
  else told.textContent = answer.errors.join("\n");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".remarks button, button.fix");
  if (!button) return;
  if (button.matches(".goto")) document.dispatchEvent(new CustomEvent("goto", { detail: button }));
  if (button.matches(".open-value")) document.dispatchEvent(new CustomEvent("open-value", { detail: button.dataset }));
  if (button.matches(".accept")) show(`/soat-loi/chap-nhan/${button.dataset.key}`);
  if (button.matches(".fix")) show(`/soat-loi/sua/${button.dataset.key}`);
  if (button.matches(".explain-rule")) show(`/quy-tac/${button.dataset.rule}`);
  if (button.matches(".withdraw")) settle("/soat-loi/bo-chap-nhan", { key: button.dataset.key }, told);
});

box.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const refusal = form.querySelector(".refused");
  if (form.matches(".accepting")) {
    const reason = form.querySelector("textarea").value;
    const everywhere = form.querySelector("input[type=radio]:checked").value !== "";
    settle("/soat-loi/chap-nhan", { key: form.dataset.key, reason, everywhere }, refusal);
  }
  if (form.matches(".mending")) {
    settle("/soat-loi/sua", { key: form.dataset.key, seen: form.dataset.seen }, refusal);
  }
});

/* On the page of the year: one document, some words. */
function sift() {
  const choice = document.querySelector("#van-ban");
  if (choice.options.length === 1) {
    list.querySelectorAll("#ket-luan li").forEach((each) => {
      choice.add(new Option(each.querySelector("a").textContent, each.dataset.document));
    });
    choice.value = list.dataset.chosen;
  }
  const words = document.querySelector("#tim").value.trim().toLocaleLowerCase("vi");
  list.querySelectorAll("details.group").forEach((group) => {
    const every = [...group.querySelectorAll("li")];
    every.forEach((each) => {
      const of = !choice.value || (each.dataset.documents ?? "").split(" ").includes(choice.value);
      each.hidden = !of || !each.textContent.toLocaleLowerCase("vi").includes(words);
    });
    const count = group.querySelector(".count");
    if (count) count.textContent = every.filter((each) => !each.hidden).reduce((sum, each) => sum + Number(each.dataset.count), 0);
  });
}

if (sifting) {
  sifting.addEventListener("input", sift);
  sifting.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("#lay-lai").addEventListener("click", async () => {
    const answer = await takenBack();
    await changed(answer.ok ? `Đã lấy lại: ${answer.undone}` : answer.errors.join("\n"));
  });
}
document.addEventListener("check", reviewed);
reviewed();
