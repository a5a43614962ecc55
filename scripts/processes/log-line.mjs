const LONGEST = 300;

/**
 * A log line as people read it: the message of a JSON line, others as they stand.
 *
 * @param {string} line
 */
export function sentenceOf(line) {
  const text = line.startsWith('{') ? (messageOf(line) ?? line) : line;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** @param {string} line */
function messageOf(line) {
  try {
    const { msg, err } = JSON.parse(line);
    const cause = typeof err?.message === 'string' && err.message !== msg ? err.message : undefined;
    return [msg, cause].filter(Boolean).join(': ') || undefined;
  } catch {
    return undefined;
  }
}
