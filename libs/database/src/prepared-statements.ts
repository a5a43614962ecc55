import { createHash } from 'node:crypto';

/**
 * Statements are prepared by name on each connection, so PostgreSQL parses and plans a text once. The name comes from
 * the text, therefore equal texts share a plan and different ones can't collide.
 *
 * More different texts than the limit mean that values are pasted into SQL; those run unnamed, so that neither this
 * map nor the server's memory grows without end.
 */
const MAX_STATEMENTS = 500;

const names = new Map<string, string>();

/** @returns undefined once the limit is reached and the text is a new one. */
export function statementNameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= MAX_STATEMENTS) return undefined;
  const name = `k_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}
