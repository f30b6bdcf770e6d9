/* Shows a part of a page anew, but only where it says something else: a click is lost whose button is made anew
   between its two halves. The focus stays where it was, and what was open stays open. */

/* What a part said when it was shown, as the browser writes it; the page may have changed it since. */
const shown = new WeakMap();

export const remember = (part) => shown.set(part, part.innerHTML);
export const forget = (part) => shown.delete(part);

/* Return whether `text`, in HTML, was something else. */
export function renew(part, text) {
  const made = part.cloneNode(false);
  made.innerHTML = text;
  if ((shown.get(part) ?? part.innerHTML) === made.innerHTML) return false;
  shown.set(part, made.innerHTML);
  const at = focusable(part).indexOf(document.activeElement);
  const open = folds(part).map((each) => each.open);
  part.innerHTML = text;
  if (folds(part).length === open.length) folds(part).forEach((each, index) => { each.open = open[index]; });
  focusable(part)[at]?.focus();
  return true;
}

const folds = (part) => [...part.querySelectorAll("details")];
const focusable = (part) => [...part.querySelectorAll("a[href], button, input, summary")];
