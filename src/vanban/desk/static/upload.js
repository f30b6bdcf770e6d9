"use strict";

/* Send one file to the desk; `progress` is told the part that is sent, 0 to 1. Gives what `ask` gives: an `id` or `errors`. */
function sendFile(file, progress = () => {}) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/tai-len?ten=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(OF_PAGE)) request.setRequestHeader(name, value);
    request.responseType = "text";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("loadend", () => {
      if (!request.status) return done({ ok: false, errors: [`${file.name}: không gửi được — xem tệp còn đó không, có lớn quá 500 MB không, bàn làm việc còn mở không.`] });
      let said = {};
      try { said = JSON.parse(request.responseText); } catch { said = { errors: [request.responseText || "Chương trình gặp lỗi."] }; }
      done({ ok: request.status === 200, ...said });
    });
    request.send(file);
  });
}

/* Files dropped on `zone`, or chosen in the file box in it, go to `take` as an array. */
function takesFiles(zone, take) {
  const box = zone.querySelector("input[type=file]");
  box.addEventListener("change", () => {
    const files = [...box.files];
    box.value = "";
    if (files.length) take(files);
  });
  for (const name of ["dragover", "dragenter"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (files.length) take(box.multiple ? files : files.slice(0, 1));
  });
}
