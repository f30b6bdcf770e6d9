"use strict";

/* What a box lacks is said in Vietnamese, whatever language the browser speaks. */
document.addEventListener("invalid", ({ target }) => {
  target.setCustomValidity("");
  if (target.validity.valueMissing) target.setCustomValidity("Chưa điền ô này.");
}, true);
for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => target.setCustomValidity?.(""), true);
}
