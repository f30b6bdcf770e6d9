import { renew } from "./renew.js";

/* The card of the dossier: begin, watch, stop; what others of this desk have begun is watched too. */
const card = document.querySelector("#ho-so");
const WATCH = 500;

async function showCard() {
  const answer = await ask("/ho-so");
  if (answer.ok) renew(card, answer.text);
}

function showState(state) {
  const running = card.querySelector(".running");
  running.hidden = !state.running;
  for (const button of card.querySelectorAll("[data-make]")) button.disabled = state.running;
  const bar = card.querySelector("progress");
  const known = state.running && state.total > 1;
  if (known) { bar.max = state.total; bar.value = state.done; } else bar.removeAttribute("value");
  const step = state.step || "Đang bắt đầu";
  running.querySelector("label").textContent = known ? `${step}: ${state.done}/${state.total}` : `${step} …`;
}

function showEnd(state) {
  const [first = "", ...notes] = state.lines;
  const told = document.createElement("p");
  told.className = state.failed ? "refused" : "";
  told.textContent = state.failed ? state.lines.join("\n") : first;
  const place = card.querySelector(".ended");
  place.replaceChildren(told);
  if (state.failed || !notes.length) return;
  const more = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = `${notes.length} điều cần lưu ý`;
  const list = document.createElement("ul");
  for (const note of notes) list.append(Object.assign(document.createElement("li"), { textContent: note }));
  more.append(summary, list);
  place.append(more);
}

let watching = false;

async function watch() {
  if (watching) return;
  watching = true;
  for (;;) {
    const state = await ask("/ho-so/tinh-hinh");
    if (!state.ok) {
      watching = false;
      return showEnd({ failed: true, lines: state.errors });
    }
    if (!state.running) {
      watching = false;
      const again = card.contains(document.activeElement);
      await showCard();
      showState(state);
      showEnd(state);
      if (again) card.querySelector("[data-make]").focus();
      document.dispatchEvent(new Event("dossier"));
      return;
    }
    showState(state);
    await new Promise((done) => { setTimeout(done, WATCH); });
  }
}

card.addEventListener("click", async (event) => {
  const { make } = event.target.dataset;
  if (make) {
    const state = await ask(`/ho-so/lap/${make}`, {});
    if (!state.ok) return showEnd({ failed: true, lines: state.errors });
    card.querySelector(".ended").replaceChildren();
    showState(state);
    card.querySelector("[data-stop]").focus();
    watch();
  }
  if (event.target.matches("[data-stop]")) {
    card.querySelector(".running label").textContent = "Đang ngừng …";
    await ask("/ho-so/ngung", {});
  }
});

(async () => {
  const state = await ask("/ho-so/tinh-hinh");
  if (state.running) watch();
})();
