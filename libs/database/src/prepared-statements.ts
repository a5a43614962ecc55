import { createHash } from 'node:crypto';
import { arrayTypesOf, type ArrayTypes } from './binary-arrays.js';

/**
 * Statements are prepared by name on each connection, so PostgreSQL parses and plans a text once. The name comes from
 * the text, therefore equal texts share a plan and different ones can't collide.
 *
 * More different texts than the limit mean that values are pasted into SQL; those run unnamed, so that neither this
 * map nor the server's memory grows without end.
 */
const MAX_STATEMENTS = 500;

export interface PreparedStatement {
  readonly name: string;
  readonly arrayTypes: ArrayTypes;
}

const statements = new Map<string, PreparedStatement>();

/** @returns undefined once the limit is reached and the text is a new one. */
export function preparedStatementOf(sql: string): PreparedStatement | undefined {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= MAX_STATEMENTS) return undefined;
  const name = `k_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  const statement = { name, arrayTypes: arrayTypesOf(sql) };
  statements.set(sql, statement);
  return statement;
}
