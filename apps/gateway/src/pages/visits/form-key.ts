import { randomUUID } from 'node:crypto';

const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The idempotency key of a new form. */
export function newFormKey(): string {
  return randomUUID();
}

/** The key that a form came with; one that we didn't write gets a new one, which makes it a form of its own. */
export function formKeyOf(value: string): string {
  return KEY.test(value) ? value : newFormKey();
}
