/**
 * @typedef {object} ReadMail
 * @property {string} subject
 * @property {string} from
 * @property {string} to
 * @property {string} messageId
 * @property {string} text the plain text part, decoded; empty where there is none
 */

const MAX_PARTS = 20;

/**
 * As much of MIME (RFC 2045 to 2047) as it takes to show a mail that a program of ours sent.
 *
 * @param {string} source one byte a character, as it came
 * @returns {ReadMail}
 */
export function readMail(source) {
  const { headers } = splitHead(source);
  return {
    subject: decodeWords(headers.get('subject') ?? ''),
    from: decodeWords(headers.get('from') ?? ''),
    to: decodeWords(headers.get('to') ?? ''),
    messageId: headers.get('message-id') ?? '',
    text: textOf(source, 0),
  };
}

/**
 * @param {string} source
 * @param {number} depth
 * @returns {string}
 */
function textOf(source, depth) {
  const { headers, body } = splitHead(source);
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary !== undefined && depth < 3) {
    const parts = body.split(`--${boundary}`).slice(1, 1 + MAX_PARTS);
    return (
      parts.map((part) => textOf(part.replace(/^\r?\n/, ''), depth + 1)).find((text) => text !== '') ?? ''
    );
  }
  if (!/^text\/plain/i.test(type)) return '';
  return decodeBody(body, headers.get('content-transfer-encoding') ?? '7bit')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** @param {string} source */
function splitHead(source) {
  const at = /\r?\n\r?\n/.exec(source);
  const head = at ? source.slice(0, at.index) : source;
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: at ? source.slice(at.index + at[0].length) : '' };
}

/**
 * @param {string} body
 * @param {string} encoding
 */
function decodeBody(body, encoding) {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, 'base64').toString();
  const isQuoted = /^quoted-printable$/i.test(encoding);
  return Buffer.from(isQuoted ? unquote(body.replaceAll(/=\r?\n/g, '')) : body, 'latin1').toString();
}

/** @param {string} text */
function decodeWords(text) {
  return text
    .replaceAll(/(\?=)\s+(=\?)/g, '$1$2')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding, value) =>
      /b/i.test(encoding)
        ? Buffer.from(value, 'base64').toString()
        : Buffer.from(unquote(value.replaceAll('_', ' ')), 'latin1').toString(),
    );
}

/** @param {string} text */
function unquote(text) {
  return text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
