/**
 * What JavaScript adds to the pages: the keyboard's focus on what is wrong, and live updates. Everything works without.
 */

/** A form that came back says first what is wrong with it. */
for (const element of document.querySelectorAll('[data-focus]')) {
  if (element instanceof HTMLElement) element.focus();
}

/** What only a script can do is only there with one. */
for (const button of document.querySelectorAll('[data-print]')) {
  button.removeAttribute('hidden');
  button.addEventListener('click', () => window.print());
}
