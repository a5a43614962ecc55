/** Longest address that is kept for later. */
const MAX_LENGTH = 500;
const PATH = /^\/(?![/\\])[\x21-\x7e]*$/;

/**
 * An address within this bank to go on to, as somebody's link or form names it.
 *
 * @returns undefined for whatever could lead to another site: other schemes, `//host`, `/\host`, control characters.
 */
export function ownPathOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !PATH.test(value)) return undefined;
  if (value.includes('\\')) return undefined;
  const url = new URL(value, 'http://own.invalid');
  return url.host === 'own.invalid' ? `${url.pathname}${url.search}` : undefined;
}

/** The same address with one parameter set. */
export function withParameter(path: string, name: string, value: string): string {
  const url = new URL(path, 'http://own.invalid');
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
