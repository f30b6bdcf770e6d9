import { renew } from "./renew.js";

/* Whether the content is still as this window shows it, asked while somebody looks at it. A change tells
   "changed" and "check" to whoever shows content; parts of a page with `data-live` and an id are taken anew. */
const EVERY = 3000;
const bar = document.querySelector("header[data-state]");
let state = bar.dataset.state;
let looking = false;

async function look() {
  if (looking || document.hidden) return;
  looking = true;
  try {
    const answer = await fetch("/nhip", { headers: OF_PAGE, signal: AbortSignal.timeout(30000) });
    if (answer.status === 401) tellEnded();
    else if (answer.status === 409) tellOther((await answer.json()).errors);
    else if (answer.ok) {
      const now = await answer.json();
      tell(turned(now.year));
      await compare(now.state);
    }
  } catch {
    tell(["Không liên lạc được với bàn làm việc; chữ đang gõ vẫn được giữ. Xem máy chạy bàn làm việc còn mở không."]);
  }
  looking = false;
}

async function compare(now) {
  if (now === state) return;
  state = now;
  document.dispatchEvent(new Event("changed"));
  document.dispatchEvent(new Event("check"));
  await takeAnew();
}

/* This page stays with its year; others are opened on the one that the desk has turned to. */
function turned(year) {
  const own = bar.dataset.year;
  if (String(year) === own) return [];
  const link = Object.assign(document.createElement("a"), { href: "/", textContent: `Mở năm ${year}` });
  return [`Bàn làm việc đã sang năm ${year}. Trang này vẫn là của năm ${own}, ghi gì cũng vào năm ${own}; trang mở tiếp là của năm ${year}. `, link];
}

function tellEnded() {
  if (!bar.dataset.person) {
    tell(["Bàn làm việc đã khởi động lại; chữ đang gõ vẫn được giữ. Mở lại bằng địa chỉ ở cửa sổ lệnh."]);
    return;
  }
  const link = Object.assign(document.createElement("a"), { href: "/dang-nhap", target: "_blank", textContent: "Đăng nhập lại ở thẻ khác" });
  tell(["Phiên làm việc đã hết; chữ đang gõ vẫn được giữ. ", link, ", rồi quay lại đây."]);
}

/* Somebody else has logged in: this page writes nothing under that name. */
function tellOther(words) {
  const link = Object.assign(document.createElement("a"), { href: "/dang-nhap", target: "_blank", textContent: "Đăng nhập ở thẻ khác" });
  tell([`${words.join(" ")} `, link]);
}

/* One line below the bar; it is said once, not at every beat. */
function tell(parts) {
  let line = document.querySelector(".banner");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "banner", role: "status", hidden: true });
    bar.after(line);
  }
  const said = parts.map((part) => part.textContent ?? part).join("");
  if (line.textContent === said) return;
  line.replaceChildren(...parts);
  line.hidden = parts.length === 0;
}

/* Takes parts of the page anew, but those where somebody is typing. */
async function takeAnew() {
  const parts = [...document.querySelectorAll("[data-live]")];
  if (!parts.length) return;
  const answer = await fetch(location.href, { headers: { ...OF_PAGE, Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const other = fresh.getElementById(part.id);
    const typing = part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
    if (other && !typing) renew(part, other.innerHTML);
  }
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
