/** @typedef {import('./mail-catcher.mjs').CaughtMail} CaughtMail */

const STYLE = `
  body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color-scheme: light dark }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .4rem 1rem .4rem 0; vertical-align: top; border-bottom: 1px solid #8884 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere }
  dt { color: #888 } dd { margin: 0 0 .5rem }`;

/** @param {readonly CaughtMail[]} mails newest first */
export function listPage(mails) {
  const rows = mails.map(
    ({ id, to, subject, receivedAt }) =>
      `<tr><td><time>${escape(receivedAt.slice(11, 19))}</time></td><td>${escape(to)}</td><td><a href="/mails/${id}">${escape(subject || '(no subject)')}</a></td></tr>`,
  );
  const table = `<table><thead><tr><th>At (UTC)</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const body = mails.length === 0 ? '<p>No mail yet. This page looks again every few seconds.</p>' : table;
  return page('Caught mail', `<h1>Caught mail</h1>${body}`, '<meta http-equiv="refresh" content="5">');
}

/** @param {CaughtMail} mail */
export function mailPage({ id, from, to, subject, text }) {
  return page(
    subject,
    `<p><a href="/">All mail</a></p><h1>${escape(subject || '(no subject)')}</h1>
     <dl><dt>From</dt><dd>${escape(from)}</dd><dt>To</dt><dd>${escape(to)}</dd></dl>
     <pre>${escape(text)}</pre><p><a href="/mails/${id}/source">Source</a></p>`,
  );
}

/** Text only, whatever stands in it. @param {CaughtMail} mail */
export function sourcePage({ id, subject, source }) {
  return page(
    subject,
    `<p><a href="/mails/${id}">Back to the mail</a></p><h1>Source</h1><pre>${escape(source)}</pre>`,
  );
}

/**
 * @param {string} title
 * @param {string} body
 * @param {string} [head]
 */
function page(title, body, head = '') {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
    <meta name="viewport" content="width=device-width">${head}<style>${STYLE}</style></head><body>${body}</body></html>`;
}

/** @param {string} text */
function escape(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
