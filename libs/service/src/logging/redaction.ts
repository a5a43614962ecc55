/** Names under which nothing is ever logged, at any depth and in any spelling (`api-key`, `apiKey`, `API_KEY`). */
const SECRET_NAME =
  /pass(word|wd|phrase)|secret|token|authorization|cookie|sealed|api[-_]?key|sealing[-_]?key|csrf|private[-_]?key/i;
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;

/** Account numbers keep their last four digits, as on a receipt. */
const ACCOUNT_NUMBER = /\bQP\d{2}\s?KPCK(?:\s?\d{4}){2}\s?(\d{4})\b/gi;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*):[^\s/@"]+@/gi;
const BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
/** Secrets of webhooks, as Standard Webhooks writes them. */
const WEBHOOK_SECRET = /\bwhsec_[A-Za-z0-9+/=]{16,}/g;
const SEALED = /\bs1\.[A-Za-z0-9_-]{38,}/g;

/**
 * Copies what is to be logged without its secrets. Depth and length are limited: a log line is for reading, and a
 * cycle must not end the process.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[…]';
  if (value instanceof Error) return describeError(value, depth);
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redact(item, depth + 1));
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    copy[name] = SECRET_NAME.test(name) ? REDACTED : redact(item, depth + 1);
  }
  return copy;
}

/** Only what tells where it went wrong: a database error also carries the statement's values. */
export function describeError(error: Error, depth = 0): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: name,
    message,
    stack,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause === undefined || depth >= MAX_DEPTH ? {} : { cause: redact(cause, depth + 1) }),
  };
}

/** The last gate: one finished line, whoever wrote it. */
export function maskLine(line: string, secrets: readonly string[] = []): string {
  let masked = line
    .replace(ACCOUNT_NUMBER, '…$1')
    .replace(URL_PASSWORD, `$1:${REDACTED}@`)
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(SEALED, REDACTED)
    .replace(WEBHOOK_SECRET, REDACTED);
  for (const secret of secrets) masked = masked.replaceAll(secret, REDACTED);
  return masked;
}

const SECRET_VARIABLE = /PASSWORD|SECRET|TOKEN|SEALING_KEY/;
/** Shorter ones would also blot out ordinary words. */
const MIN_SECRET_LENGTH = 8;

/** The process's own secrets, so that no line can carry them, whatever field they stand in. */
export function secretsOf(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value ? secretsIn(name, value).filter((secret) => secret.length >= MIN_SECRET_LENGTH) : [],
  );
}

function secretsIn(name: string, value: string): string[] {
  if (name.endsWith('_HEADERS')) return headerSecretsIn(value);
  if (name.endsWith('_URL')) {
    if (!URL.canParse(value)) return [value];
    // As it stands in the URL, and as it's sent.
    const { password } = new URL(value);
    return [password, ...decoded(password)];
  }
  return SECRET_VARIABLE.test(name) ? [value] : [];
}

function decoded(text: string): string[] {
  try {
    const plain = decodeURIComponent(text);
    return plain === text ? [] : [plain];
  } catch {
    return [];
  }
}

/** Headers for somebody else's service: whatever isn't a content type may be a key. */
function headerSecretsIn(json: string): string[] {
  try {
    return Object.entries(JSON.parse(json) as Record<string, unknown>).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(content-type|accept|user-agent)$/i.test(name) ? [value] : [],
    );
  } catch {
    return [json];
  }
}
