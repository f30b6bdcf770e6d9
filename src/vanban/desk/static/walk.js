"use strict";

function neighbour(step) {
  const stretches = [...document.querySelectorAll("tspan.typed")];
  const numbers = [...new Set(stretches.map((each) => each.dataset.o))];
  const chosen = document.querySelector("tspan.chosen");
  const at = numbers.indexOf(chosen ? chosen.dataset.o : "");
  const next = numbers[at + step];
  if (next === undefined) return;
  const stretch = stretchOf(next);
  stretch.scrollIntoView({ block: "nearest" });
  open(stretch, Number(stretch.dataset.at));
}
