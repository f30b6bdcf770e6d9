"use strict";

/* A dialog in two steps: the form is sent to see what would be done, and again, with the mark of what was shown, to do it. */
const form = document.querySelector("form.dialog");
const result = document.querySelector("#ket-qua");
const said = document.querySelector("#bao");
const zone = document.querySelector("#tha");
let files = [];
let shown = "";
let busy = false;
let changed = false; /* while the desk was looking */

function tell(lines, wrong = false) {
  said.className = wrong ? "refused" : "";
  said.textContent = lines.join("\n");
  if (wrong) said.scrollIntoView({ block: "center" }); /* the button may stand far below */
}

function forget() {
  changed = true;
  shown = "";
  result.replaceChildren();
}

async function send(mark) {
  if (busy) return;
  busy = true;
  changed = false;
  tell([mark ? "Đang ghi …" : "Đang xem … Tệp dài thì mất vài chục giây."]);
  const fields = {};
  for (const [name, value] of new FormData(form)) fields[name] = value;
  const picked = [...result.querySelectorAll("input[name=chon]:checked")].map((box) => Number(box.value));
  const answer = await ask(form.dataset.address, { fields, files: files.map((file) => file.id), picked, shown: mark });
  busy = false;
  if (changed && !answer.done) {
    tell(["Vừa có ô đổi trong lúc xem — bấm xem lại."], true);
    return;
  }
  if (!answer.ok) {
    if (!mark) forget();
    tell(answer.errors, true);
    return;
  }
  shown = answer.shown;
  result.innerHTML = answer.html;
  if (shown) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = "ghi";
    button.textContent = answer.button;
    const line = document.createElement("p");
    line.append(button);
    result.append(line);
  }
  if (answer.done) setFiles([]);
  tell([answer.moved ? "Nội dung vừa đổi từ lúc xem, nên chưa ghi gì. Dưới đây là kết quả mới — xem lại rồi bấm lần nữa." : ""], answer.moved);
  result.focus();
}

function setFiles(now) {
  files = now;
  if (!zone) return;
  zone.querySelector("#da-gui").replaceChildren(...files.map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} `;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = "Bỏ";
    button.setAttribute("aria-label", `Bỏ ${file.name}`);
    button.addEventListener("click", () => {
      setFiles(files.filter((other) => other !== file));
      forget();
    });
    line.append(button);
    return line;
  }));
}

async function take(dropped) {
  const one = !zone.querySelector("input[type=file]").multiple;
  const refused = [];
  for (const file of dropped) {
    const sent = await sendFile(file, (part) => tell([`Đang gửi ${file.name}: ${Math.round(part * 100)}%`]));
    if (sent.ok) setFiles(one ? [sent] : [...files, sent]);
    else refused.push(...sent.errors);
  }
  tell(refused.length ? refused : ["Đã nhận tệp."], refused.length > 0);
  forget();
  if (!refused.length) send("");
}

async function takeBack() {
  const answer = await takenBack();
  tell(answer.ok ? [`Đã lấy lại: ${answer.undone}`] : answer.errors, !answer.ok);
  if (answer.ok) forget();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send("");
});
form.addEventListener("input", forget);
result.addEventListener("click", (event) => {
  if (event.target.id === "ghi") send(shown);
  if (event.target.id === "lay-lai") takeBack();
});
if (zone) takesFiles(zone, take);
form.inert = false; /* what was typed and sent before would be lost */
