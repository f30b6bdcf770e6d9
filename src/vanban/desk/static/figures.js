"use strict";

/* The sheet of figures: written when a box is left, tried while it is typed in, pasted from Excel. */

const sheet = document.querySelector("main[data-period]");
const said = document.querySelector("#bao");
const wrong = document.querySelector("#van-de");
const address = `/so-lieu/${sheet.dataset.period}`;
let queue = Promise.resolve();
let unwritten = { values: {}, notes: {} }; /* typed and not in the file: they go along with what is written next */
let tries = 0;
let waiting = 0;

function byId(part, name) {
  return document.getElementById(`${part}-${name}`);
}

/* --- what follows from the figures ---------------------------------------------------------- */

function show(answer, names) {
  const { printed, targets, mistakes } = answer.judged;
  document.querySelectorAll("[data-row]").forEach((row) => {
    const name = row.dataset.row;
    byId("r", name).textContent = printed[name] ?? "";
    showTargets(row.querySelector("[data-targets]"), targets[name] ?? []);
  });
  const own = new Map();
  mistakes.forEach((each) => own.set(each.indicator, [...(own.get(each.indicator) ?? []), each.message]));
  document.querySelectorAll("[data-row]").forEach((row) => {
    const name = row.dataset.row;
    const box = byId("o", name);
    if (!names.includes(name) && box?.dataset.refused) return;
    const refusal = answer.refused[name] ?? "";
    if (box) box.dataset.refused = refusal;
    mark(name, [waits(name), refusal, ...(own.get(name) ?? [])].filter(Boolean));
  });
  showMistakes(mistakes);
}

function mark(name, told) {
  const box = byId("o", name);
  byId("s", name).textContent = told.join(" ");
  box?.toggleAttribute("aria-invalid", told.length > 0);
  if (box && told.length) box.setAttribute("aria-invalid", "true");
}

/* Why what is typed in a row is not in the file, "" where it is. */
function waits(name) {
  if (name in unwritten.values) return "Chưa ghi vào tệp.";
  if (!(name in unwritten.notes)) return "";
  return byId("o", name).defaultValue ? "Ghi chú chưa ghi vào tệp." : "Ghi chú chờ có số mới ghi được.";
}

function showTargets(place, targets) {
  place.replaceChildren(...targets.map((each) => {
    const line = document.createElement("span");
    line.className = each.is_short ? "short" : each.verdict === "Đã đạt" ? "fine" : "";
    line.textContent = ` Kế hoạch: ${each.level} – ${each.verdict.toLowerCase()}.`;
    return line;
  }));
}

function showMistakes(mistakes) {
  wrong.replaceChildren(...mistakes.map((each) => {
    const line = document.createElement("p");
    line.className = "problem";
    const name = each.indicator && document.querySelector(`[data-row="${CSS.escape(each.indicator)}"] th`)?.firstChild.data;
    line.textContent = `${name ? `${name}: ` : ""}${each.message} `;
    const box = each.indicator && byId("o", each.indicator);
    if (box) {
      const link = document.createElement("a");
      link.href = `#o-${each.indicator}`;
      link.textContent = "Đến ô";
      link.setAttribute("aria-label", `Đến ô ${name}`);
      link.addEventListener("click", (event) => { event.preventDefault(); box.focus(); box.scrollIntoView({ block: "center" }); });
      line.append(link);
    }
    return line;
  }));
}

/* --- writing -------------------------------------------------------------------------------- */

/* One request after the other: each names the version that the one before has left. */
function write(values, notes = {}) {
  clearTimeout(waiting);
  tries++;
  queue = queue.then(() => send(values, notes));
  return queue;
}

async function send(newValues, newNotes) {
  said.textContent = "Đang ghi …";
  const values = { ...unwritten.values, ...newValues };
  const notes = { ...unwritten.notes, ...newNotes };
  const names = [...Object.keys(values), ...Object.keys(notes)];
  const [was, noted] = ["o", "n"].map((part) => Object.fromEntries(names.map((name) => [name, byId(part, name).defaultValue])));
  const body = await ask(address, { version: sheet.dataset.version, values, notes, was, noted });
  if (!body.ok) {
    unwritten = { values, notes };
    names.forEach((name) => mark(name, [waits(name)]));
    const again = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Ghi lại" });
    again.addEventListener("click", () => write({}));
    said.replaceChildren(`${body.errors.join("\n")} `, again);
    if (body.version) conflict(values, notes);
    return;
  }
  sheet.dataset.version = body.version;
  for (const name of Object.keys(values)) {
    const box = byId("o", name);
    if (body.refused[name]) continue;
    saved(box, body.read[name], values[name]);
    if (body.read[name]) continue;
    saved(byId("n", name), "");
    delete notes[name];
  }
  unwritten = { values: {}, notes: {} };
  for (const [name, note] of Object.entries(notes)) {
    if (byId("o", name).defaultValue || !note.trim()) saved(byId("n", name), note.split(/\s+/).filter(Boolean).join(" "), note);
    else unwritten.notes[name] = note;
  }
  show(body, Object.keys(values));
  const refused = Object.keys(body.refused).length;
  if (refused) said.textContent = "Có ô chưa nhận, xem chữ đỏ.";
  else if (Object.keys(unwritten.notes).length) said.textContent = "Ghi chú chờ có số mới ghi được, xem chữ đỏ.";
  else said.textContent = body.judged.mistakes.length ? "Đã ghi; số liệu chưa khớp, xem chữ đỏ." : "Đã ghi.";
}

/* The file says `text` for what was `sent`; more may have been typed since. */
function saved(box, text, sent = box.value) {
  const same = box.value === sent;
  box.defaultValue = text;
  if (!same) return;
  box.value = text;
  box.dispatchEvent(new Event("field-saved", { bubbles: true }));
}

/* The file was changed elsewhere: what is there now is shown, and who is here chooses. */
async function conflict(values, notes) {
  const answer = await ask(location.pathname);
  if (!answer.ok) return; /* what is there now is not known */
  const fresh = new DOMParser().parseFromString(answer.text, "text/html");
  const there = (id) => fresh.getElementById(id)?.defaultValue ?? "";
  const line = document.createElement("p");
  line.className = "problem";
  const both = [["o", values], ["n", notes]].flatMap(([part, typed]) => Object.entries(typed).map(([name, text]) =>
    `${byId(part, name).getAttribute("aria-label")}: trong tệp là “${there(`${part}-${name}`)}”, bạn gõ “${text}”`));
  line.textContent = `Báo cáo vừa được sửa ở nơi khác. ${both.join("; ")} `;
  const mine = Object.assign(document.createElement("button"), { type: "button", textContent: "Ghi số của tôi" });
  const theirs = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Lấy bản trong tệp" });
  mine.addEventListener("click", () => {
    for (const name of [...Object.keys(values), ...Object.keys(notes)]) /* now seen */
      for (const id of [`o-${name}`, `n-${name}`]) document.getElementById(id).defaultValue = there(id);
    write(values, notes);
  });
  theirs.addEventListener("click", () => {
    for (const [part, typed] of [["o", values], ["n", notes]])
      for (const name of Object.keys(typed)) saved(byId(part, name), there(`${part}-${name}`));
    location.reload();
  });
  line.append(mine, " ", theirs);
  wrong.replaceChildren(line);
  theirs.focus();
}

sheet.addEventListener("change", (event) => {
  const { indicator, note } = event.target.dataset;
  if (indicator) write({ [indicator]: event.target.value });
  if (note) write({}, { [note]: event.target.value });
});

/* --- while typing --------------------------------------------------------------------------- */

sheet.addEventListener("input", (event) => {
  const name = event.target.dataset.indicator;
  if (!name) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => attempt({ [name]: event.target.value }), 350);
});

async function attempt(values) {
  const turn = ++tries;
  const body = await ask(`${address}/thu`, { values, notes: {} });
  if (turn === tries && body.ok) show(body, Object.keys(values));
}

/* --- pasting -------------------------------------------------------------------------------- */

function numberOf(text) {
  const plain = text.replace(/%|\s/g, "").replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

/* Which line goes into which box: over every row, where sums and ratios in the column are those that
   the program computes of it; else over the boxes alone. */
async function laidOut(first, lines) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const from = rows.indexOf(first.closest("[data-row]"));
  const over = (all) => all.slice(0, lines.length).map((row, at) => [row.dataset.row, ...lines[at]]);
  const everything = over(rows.slice(from));
  const boxes = over(rows.slice(from).filter((row) => byId("o", row.dataset.row)));
  const computed = everything.filter(([name]) => !byId("o", name));
  if (!computed.length) return boxes;
  const values = Object.fromEntries(everything.filter(([name]) => byId("o", name)).map(([name, value]) => [name, value]));
  const body = await ask(`${address}/thu`, { values, notes: {} });
  const agrees = ([name, value]) => value === "" || Math.abs(numberOf(value) - numberOf(body.judged.printed[name]?.split(" ")[0] ?? "")) < 0.06;
  return body.ok && computed.every(agrees) ? everything.filter(([name]) => byId("o", name)) : boxes;
}

function typed(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return text;
}

sheet.addEventListener("paste", async (event) => {
  const first = event.target.dataset.indicator && event.target;
  const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  if (!first || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const lines = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
  const values = {};
  const notes = {};
  for (const [name, value, note] of await laidOut(first, lines)) {
    if (value) values[name] = typed(byId("o", name), value);
    if (note) notes[name] = typed(byId("n", name), note);
  }
  write(values, notes);
});

sheet.addEventListener("keydown", (event) => {
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const kind = event.target.dataset.indicator ? "indicator" : event.target.dataset.note ? "note" : "";
  if (!step || !kind) return;
  event.preventDefault();
  const boxes = [...sheet.querySelectorAll(`input[data-${kind}]`)];
  boxes[boxes.indexOf(event.target) + step]?.focus();
});

document.querySelector("#lay-lai").addEventListener("click", async () => {
  const body = await takenBack();
  said.textContent = body.ok ? `Đã lấy lại: ${body.undone}` : body.errors.join("\n");
  if (!body.ok) return;
  document.dispatchEvent(new Event("changed"));
  attempt({});
});

sheet.inert = false; /* what was typed before would not be written */
show(JSON.parse(document.querySelector("#so-luc-mo").textContent), []);
document.querySelector("input:target")?.focus();
