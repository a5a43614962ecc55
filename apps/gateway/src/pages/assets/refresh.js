/**
 * Keeps parts of a page current: an element with an id and `data-refresh` (seconds) is read anew from the page's own address.
 * What has lost the attribute by then is final. Without JavaScript a `<meta http-equiv="refresh">` does it for the whole page.
 */

const TIMEOUT_MS = 10_000;

/** @returns {HTMLElement[]} */
function regions() {
  return [...document.querySelectorAll('[data-refresh][id]')].filter((part) => part instanceof HTMLElement);
}

/**
 * The element stays and its content is replaced: a screen reader tells of what changes within a region it knows.
 *
 * @param {HTMLElement} region
 * @param {HTMLElement | null} fresh
 */
function replace(region, fresh) {
  if (!fresh?.dataset.refresh) delete region.dataset.refresh;
  if (!fresh || region.innerHTML === fresh.innerHTML) return;
  const focused = region.contains(document.activeElement)
    ? document.activeElement?.getAttribute('href')
    : null;
  region.replaceChildren(...fresh.childNodes);
  const again = focused && region.querySelector(`[href="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/** @param {boolean} isAway */
function tell(isAway) {
  for (const notice of document.querySelectorAll('[data-refresh-away]')) {
    if (notice instanceof HTMLElement) notice.hidden = !isAway;
  }
}

async function refresh() {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(location.href, { headers: { accept: 'text/html' }, signal });
  // The session has ended: the page leads to where one signs in again.
  if (response.redirected) return location.reload();
  if (!response.ok) throw new Error(String(response.status));
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const region of regions()) replace(region, page.getElementById(region.id));
}

async function look() {
  if (!document.hidden)
    await refresh().then(
      () => tell(false),
      () => tell(true),
    );
  lookLater();
}

function lookLater() {
  const seconds = regions().map(({ dataset }) => Number(dataset.refresh));
  if (seconds.length > 0) setTimeout(look, Math.max(1, Math.min(...seconds)) * 1_000);
}

lookLater();
