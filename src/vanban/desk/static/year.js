import { forget, renew } from "./renew.js";

const said = document.querySelector("#bao");

/* Show what was answered in `place`; what went wrong stands there, or in a part of it, till the next answer. */
function fill(place, answer, told = place) {
  if (answer.ok) renew(place, answer.text);
  else {
    told.textContent = answer.errors.join("\n");
    forget(place);
  }
}

/* The state of a document takes a while; it fills the card that is shown already. */
async function standing(card) {
  const answer = await ask(`/van-ban/${card.dataset.document}/tinh-trang`);
  const place = card.querySelector(".standing");
  fill(place, answer, place.querySelector(".state"));
}

async function build(card) {
  const made = card.querySelector(".made");
  made.className = "made";
  made.textContent = "Đang dựng …";
  const body = await ask(`/van-ban/${card.dataset.document}/dung`, {});
  if (!body.ok) {
    made.className = "made refused";
    made.textContent = body.errors.join("\n");
    return false;
  }
  const lacks = body.reasons.length ? `: ${body.reasons.join("; ")}` : "";
  made.textContent = [`Đã dựng, ${body.state}${lacks}.`, ...body.notes].join("\n");
  await standing(card);
  return true;
}

async function buildAll(button) {
  const cards = [...document.querySelectorAll("#van-ban ~ .documents > .document")];
  const bar = document.querySelector("#tien-trinh");
  button.disabled = true;
  bar.hidden = false;
  let built = 0;
  for (const [number, card] of cards.entries()) {
    bar.value = number;
    said.textContent = `Đang dựng ${number + 1}/${cards.length}: ${card.dataset.name} …`;
    built += await build(card) ? 1 : 0;
  }
  bar.hidden = true;
  button.disabled = false;
  said.textContent = `Đã dựng ${built}/${cards.length} văn bản; kết quả ghi dưới từng văn bản.`;
}

async function progress() {
  fill(document.querySelector("#tien-do"), await ask("/tien-do"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches(".build")) build(button.closest(".document"));
  if (button?.id === "dung-het") buildAll(button);
});

async function look() {
  await Promise.all([...document.querySelectorAll("#van-ban ~ .documents > .document")].map(standing));
  await progress();
}

document.addEventListener("changed", look);
look();
