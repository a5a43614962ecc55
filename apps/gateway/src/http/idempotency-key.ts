import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from './problem.js';

const VISIBLE = /^[\x21-\x7e]{1,255}$/;
/** A string of RFC 8941 (structured fields): in double quotes, with `\"` and `\\` as the only escapes. */
const QUOTED = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"$/;

/**
 * The key of draft-ietf-httpapi-idempotency-key-header-07: a structured-field string; the bare form that most clients
 * send is taken as well, and both forms of one key are the same key.
 *
 * @throws {Problem} `idempotency_key_invalid` unless it is 1 to 255 visible ASCII characters.
 */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = typeof header === 'string' ? unquoted(header.trim()) : undefined;
  if (key === undefined || !VISIBLE.test(key)) {
    const detail = 'Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID, sent once.';
    throw new Problem('idempotency_key_invalid', detail, {
      errors: [{ detail, header: 'Idempotency-Key' }],
    });
  }
  return key;
}

/** For what moves money: without a key a repeat after a lost answer would pay twice. */
export function requiredIdempotencyKeyOf(headers: IncomingHttpHeaders): string {
  const key = idempotencyKeyOf(headers);
  if (key !== undefined) return key;
  const detail =
    'Send an Idempotency-Key header with a new UUID, and the same one when you repeat the request.';
  throw new Problem('idempotency_key_missing', detail, { errors: [{ detail, header: 'Idempotency-Key' }] });
}

function unquoted(value: string): string | undefined {
  if (!value.startsWith('"')) return value;
  return QUOTED.test(value) ? value.slice(1, -1).replace(/\\(["\\])/g, '$1') : undefined;
}
