"use strict";

const said = document.querySelector("#bao");

async function build(row) {
  const name = row.querySelector("th").textContent.trim();
  said.className = "";
  said.textContent = `Đang dựng ${name} …`;
  const body = await ask(`/van-ban/${row.dataset.document}/dung`, {});
  if (!body.ok) {
    said.className = "refused";
    said.textContent = body.errors.join("\n");
    return;
  }
  row.querySelector(".files").replaceChildren(...body.files.flatMap((file) => {
    const link = document.createElement("a");
    link.href = `/tep/${file}`;
    link.download = file;
    link.textContent = file;
    return [link, " "];
  }));
  said.textContent = `Đã dựng ${name}.`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.build");
  if (button) build(button.closest("tr"));
});
