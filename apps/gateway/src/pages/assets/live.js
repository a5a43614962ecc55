/**
 * What JavaScript adds to the pages: focus on what is wrong, a countdown, and live updates over one event stream. Everything
 * works without. The server draws; here the parts that changed are asked for again and put in their place.
 */

/** @typedef {{ accountId: string, balance: { amount: string, currency: string }, version: string }} LiveBalance */
/** @typedef {{ id: string, balances?: LiveBalance[] }} LiveTransfer */
/** @typedef {{ id: string, title: string, text: string, link: string | null }} LiveNotification */

const POLL_MS = 3_000;
/** Whoever goes on asking in vain asks less and less often, up to this. */
const LONGEST_POLL_MS = 60_000;
/** Many events at once are one look. */
const SETTLE_MS = 250;
/** The largest number there is room for. */
const MOST_UNREAD = 99;

const status = document.querySelector('[data-live-status]');
const stream = document.documentElement.dataset.live;

for (const element of document.querySelectorAll('[data-focus]')) {
  if (element instanceof HTMLElement) element.focus();
}
prepare(document);
if (stream) listen(new EventSource(stream));
pollWhilePending();
learnUnread(POLL_MS);

/** What stands in a new part of the page and needs a script. @param {ParentNode} part */
function prepare(part) {
  for (const button of part.querySelectorAll('[data-print]')) {
    button.removeAttribute('hidden');
    button.addEventListener('click', () => window.print());
  }
  for (const price of part.querySelectorAll('[data-countdown]')) countDown(price);
}

/** A price that holds for a while says how long; when it's over the page is asked again. @param {Element} price */
function countDown(price) {
  const left = price.querySelector('[data-countdown-left]');
  // Counted from when the page was made: the device's own clock may be wrong.
  const endsAt = performance.now() + Number(price.getAttribute('data-countdown')) * 1_000;
  price.querySelector('[data-countdown-shown]')?.removeAttribute('hidden');
  const timer = setInterval(() => {
    const seconds = Math.ceil((endsAt - performance.now()) / 1_000);
    if (left) left.textContent = String(Math.max(0, seconds));
    if (seconds > 0) return;
    clearInterval(timer);
    location.reload();
  }, 500);
}

/** @param {EventSource} events */
function listen(events) {
  events.addEventListener('transfer', ({ data }) => onTransfer(JSON.parse(data)));
  events.addEventListener('notification', ({ data }) => onNotification(JSON.parse(data)));
  events.addEventListener('unread', ({ data }) => onUnread(JSON.parse(data)));
  addEventListener('pagehide', () => events.close());
}

/** @param {LiveTransfer} transfer */
function onTransfer({ balances = [] }) {
  for (const balance of balances) showBalance(balance);
  refreshSoon();
}

/** @param {LiveNotification} notification */
function onNotification({ title, link }) {
  const words = link === null ? document.createElement('span') : document.createElement('a');
  words.textContent = title;
  // Only a path of ours: whatever else stands there leads nowhere.
  if (words instanceof HTMLAnchorElement && link?.startsWith('/') && !link.startsWith('//'))
    words.href = link;
  say(words);
  showUnread((before) => before + 1);
  refreshInbox();
}

/** @param {{ unreadCount: number }} unread */
function onUnread({ unreadCount }) {
  showUnread(() => unreadCount);
  refreshInbox();
}

/** @param {(before: number) => number} count of what nobody knows it gets NaN; where it gives NaN nothing changes */
function showUnread(count) {
  for (const badge of document.querySelectorAll('[data-unread]')) {
    const unread = count(unreadIn(badge));
    if (Number.isNaN(unread)) continue;
    badge.setAttribute('data-unread', String(unread));
    badge.textContent = unread > MOST_UNREAD ? `${MOST_UNREAD}+` : String(unread);
    badge.toggleAttribute('hidden', unread === 0);
  }
}

/** @param {Element | null | undefined} badge @returns {number} NaN where nobody knew it when the page was made */
function unreadIn(badge) {
  return Number(badge?.getAttribute('data-unread') ?? Number.NaN);
}

/** What nobody knew when the page was made is asked for again until somebody does. @param {number} afterMs */
function learnUnread(afterMs) {
  setTimeout(async () => {
    if (!document.querySelector('[data-unread="?"]')) return;
    const page = await freshPage();
    const unread = unreadIn(page?.querySelector('[data-unread]'));
    showUnread((before) => (Number.isNaN(before) ? unread : before));
    learnUnread(Math.min(2 * afterMs, LONGEST_POLL_MS));
  }, afterMs);
}

/** An older version than what is shown says nothing. @param {LiveBalance} live */
function showBalance({ accountId, balance, version }) {
  for (const shown of document.querySelectorAll(`[data-balance="${CSS.escape(accountId)}"]`)) {
    if (BigInt(version) <= BigInt(shown.getAttribute('data-version') ?? '0')) continue;
    shown.setAttribute('data-version', version);
    const [whole = '', minor] = balance.amount.split('.');
    const isRussian = document.documentElement.lang === 'ru';
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, isRussian ? '\u00a0' : ',').replace('-', '\u2212');
    put(shown, '.money__whole', grouped);
    put(shown, '.money__minor', minor === undefined ? '' : `${isRussian ? ',' : '.'}${minor}`);
    mark(shown);
  }
}

/** @param {Element} parent @param {string} selector @param {string} text */
function put(parent, selector, text) {
  const child = parent.querySelector(selector);
  if (child) child.textContent = text;
}

/** @param {Element} element */
function mark(element) {
  element.classList.remove('changed');
  requestAnimationFrame(() => element.classList.add('changed'));
}

/** @param {Node | string} words */
function say(words) {
  status?.replaceChildren(words);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

function refreshSoon() {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    void refresh();
  }, SETTLE_MS);
}

/** No other page lists what somebody was told. */
function refreshInbox() {
  if (document.querySelector('[data-region="inbox"]')) refreshSoon();
}

/** The page as it would be shown now; undefined where it can't be had. */
async function freshPage() {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!response.ok || response.redirected) return undefined;
    return new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    return undefined;
  }
}

/** Asks the page for itself, and puts its changed regions in place; where somebody is typing, nothing moves. */
async function refresh() {
  if (!document.querySelector('[data-region]')) return;
  const page = await freshPage();
  if (!page) return;
  for (const region of document.querySelectorAll('[data-region]')) {
    const name = region.getAttribute('data-region') ?? '';
    const fresh = page.querySelector(`[data-region="${CSS.escape(name)}"]`);
    if (!fresh || region.contains(document.activeElement) || fresh.innerHTML === region.innerHTML) continue;
    region.replaceWith(document.adoptNode(fresh));
    prepare(fresh);
    const words = fresh.getAttribute('data-said');
    if (words) say(words);
  }
  document.title = page.title;
}

/** A pending page turns final also where the stream is away. */
function pollWhilePending() {
  const timer = setInterval(() => {
    if (document.querySelector('[data-pending]')) refreshSoon();
    else clearInterval(timer);
  }, POLL_MS);
}
