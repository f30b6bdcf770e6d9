"use strict";

/* The year of this page and who opened it go with all that it asks: the desk may have turned to another year, or
   somebody else have logged in, meanwhile. */
const OWN = document.querySelector("header[data-year]")?.dataset ?? {};
const OF_PAGE = { ...(OWN.year && { "Vanban-Year": OWN.year }), ...(OWN.person && { "Vanban-Person": OWN.person }) };

/* Ask the desk; whatever goes wrong comes back as `errors`, in words for the person at the desk. */
async function ask(address, body) {
  const options = body === undefined ? { headers: OF_PAGE } : {
    method: "POST",
    headers: { ...OF_PAGE, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    const answer = await fetch(address, options);
    const kind = answer.headers.get("content-type") ?? "";
    const said = kind.startsWith("application/json") ? await answer.json() : { text: await answer.text() };
    if (answer.ok) return { ok: true, ...said };
    const errors = said.errors ?? [answer.status < 500 ? said.text : "Chương trình gặp lỗi — báo cho người quản trị máy."];
    return { ok: false, now: null, ...said, errors };
  } catch {
    return { ok: false, now: null, errors: ["Không liên lạc được với bàn làm việc — xem cửa sổ lệnh còn chạy không."] };
  }
}

/* Take the last change back. Who presses again before it is done, or clicks twice, means that one and not the one before it, too. */
let takingBack = null;
function takenBack() {
  takingBack ??= ask("/lay-lai", {}).finally(() => { takingBack = null; });
  return takingBack;
}
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("#lay-lai")) event.stopPropagation();
}, true);
