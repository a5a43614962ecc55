import type { NotificationType } from '@kopeck/contracts';
import type { Facts } from './facts.js';

/** What is said, before it's cut and cleaned. */
export interface Saying {
  readonly title: string;
  readonly text: string;
}

/** One language's words for everything there is to tell: a missing one doesn't compile. */
export type Book = Readonly<Record<NotificationType | 'test', (facts: Facts) => Saying>>;

/** Changes that are named one by one in a digest; the page shows all. */
export const MAX_NAMED = 6;

/** A table's word, and never what objects have by themselves: keys come from outside. */
export function wordIn(table: Readonly<Record<string, string>>, key: string, otherwise: string): string {
  return Object.hasOwn(table, key) ? table[key]! : otherwise;
}
