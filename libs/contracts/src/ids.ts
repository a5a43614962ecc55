import { hash as oneShotHash } from 'node:crypto';

/** Namespaces of the name-based ids, each a fixed random UUID. Changing one would make repeats look new. */
const NAMESPACES = {
  transfer: '5a1c7f0e-6f0b-4f7e-9a53-0b7a0d5a2c11',
  account: 'c1f6d3a4-30a5-4d57-8d0e-7f4b1f0f6c22',
  systemAccount: '8e2b9d16-51f4-4c0a-b1de-2f3c9a7e4d33',
  quote: '3d8a51c7-0e94-4b6f-8a27-64c1d9e05b44',
  order: '97b4f2e0-6c3d-4815-9f6a-1a8d70c3e555',
  rateAlert: 'e05c9a7d-2b18-4f93-a4c6-8d51b72f0a66',
  rateOverride: '46f1d83b-95a2-4e7c-b38f-c20e6714d977',
  webhookEndpoint: 'b27e0c94-1f5d-4a38-8c61-93d4f6a05e88',
} as const;

/** Those whose first two bits are 10 (RFC 9562, section 4.1). */
const VARIANT_DIGITS = '89ab';

/**
 * Name-based UUID, version 5 (RFC 9562, section 5.5): the same name always gives the same id, which is what makes a
 * repeated request find the first one's work.
 */
export function uuidV5(namespace: string, name: string): string {
  // As text: to change two bytes in a buffer and write that as text takes twice as long as all of the rest.
  const hex = oneShotHash('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name)]), 'hex');
  const variant = VARIANT_DIGITS[Number.parseInt(hex[16]!, 16) & 0b11];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const namespaceBytes = new Map<string, Buffer>();

function bytesOf(namespace: string): Buffer {
  const known = namespaceBytes.get(namespace);
  if (known) return known;
  const bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  // Namespaces are constants, in all reason; whoever makes them up as they go shall not fill the memory.
  if (namespaceBytes.size < 100) namespaceBytes.set(namespace, bytes);
  return bytes;
}

/** The id of the transfer that a customer asks for under an Idempotency-Key: one key, one transfer, for ever. */
export function transferIdOf(customerId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.transfer, `${customerId}\0${idempotencyKey}`);
}

/** The id of the account that a customer opens under an Idempotency-Key. */
export function accountIdOf(customerId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.account, `${customerId}\0${idempotencyKey}`);
}

/** The id of the quote that a customer asks for under an Idempotency-Key. */
export function quoteIdOf(customerId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.quote, `${customerId}\0${idempotencyKey}`);
}

/** The id of the order to convert that a customer places under an Idempotency-Key. */
export function orderIdOf(customerId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.order, `${customerId}\0${idempotencyKey}`);
}

/** The id of the rate alert that a customer places under an Idempotency-Key. */
export function rateAlertIdOf(customerId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.rateAlert, `${customerId}\0${idempotencyKey}`);
}

/** The id of the rate override that an operator sets under an Idempotency-Key. */
export function rateOverrideIdOf(operatorId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.rateOverride, `${operatorId}\0${idempotencyKey}`);
}

/** The id of the webhook endpoint that a customer sets up under an Idempotency-Key. */
export function webhookEndpointIdOf(customerId: string, idempotencyKey: string): string {
  return uuidV5(NAMESPACES.webhookEndpoint, `${customerId}\0${idempotencyKey}`);
}

export type SystemAccountKind = 'cash' | 'fx_position' | 'revenue' | 'rounding';

export const SYSTEM_ACCOUNT_KINDS: readonly SystemAccountKind[] = [
  'cash',
  'fx_position',
  'revenue',
  'rounding',
];

/** System accounts have ids everybody can compute: one per kind and currency. */
export function systemAccountIdOf(kind: SystemAccountKind, currency: string): string {
  return uuidV5(NAMESPACES.systemAccount, `${kind}:${currency}`);
}
