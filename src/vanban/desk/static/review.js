"use strict";

/* What the check says follows a moment after the pages (findings.js). */
function review() {
  document.dispatchEvent(new Event("check"));
}

/* The stretch of a finding's words where they begin, and the words chosen in their field. */
async function goTo(targets) {
  for (const { words, start, end } of targets) {
    const stretches = words.flatMap((word) => [...document.querySelectorAll(`tspan[data-o="${word}"]`)]);
    const holds = (each) => start >= Number(each.dataset.at) && start < Number(each.dataset.at) + each.textContent.length;
    const stretch = stretches.find(holds) ?? stretches[0];
    if (!stretch) continue;
    stretch.scrollIntoView({ block: "center" });
    await open(stretch, start);
    panel.querySelector("textarea")?.setSelectionRange(start, end);
    return;
  }
}
