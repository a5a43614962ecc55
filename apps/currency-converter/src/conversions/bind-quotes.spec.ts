import { randomUUID } from 'node:crypto';
import type { ConversionRequest } from '@kopeck/contracts';
import type { StoredQuote } from '../quotes/quote.js';
import { bindQuotes } from './bind-quotes.js';

const anna = randomUUID();
const NOW = new Date('2026-10-01T12:00:00.000Z');

function quote(more: Partial<StoredQuote> = {}, customerId = anna): [string, StoredQuote] {
  const quoteId = randomUUID();
  const body = { quote: { quoteId, customerId } } as StoredQuote['body'];
  return [
    quoteId,
    { body, createdAt: NOW, expiresAt: new Date(NOW.getTime() + 1), transferId: null, ...more },
  ];
}

function request(quoteId: string, more: Partial<ConversionRequest> = {}): ConversionRequest {
  return {
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId: anna,
    quoteId,
    requestedAt: NOW.toISOString(),
    ...more,
  };
}

describe('binding quotes', () => {
  const outcomes = (requests: ConversionRequest[], quotes: [string, StoredQuote][], before = new Map()) =>
    bindQuotes(requests, new Map(quotes), before, NOW).bindings.map((binding) =>
      binding.outcome === 'decided' ? (binding.refusal ?? 'bound') : binding.code,
    );

  it('gives a quote to the first transfer that asks in time, and to no other', () => {
    const [id, stored] = quote();
    expect(outcomes([request(id), request(id), request(id)], [[id, stored]])).toEqual([
      'bound',
      'quote_used',
      'quote_used',
    ]);
  });

  it('gives none that has expired, was used, is unknown or somebody else’s', () => {
    const expired = quote({ expiresAt: NOW });
    const used = quote({ transferId: randomUUID() });
    const strange = quote({}, randomUUID());
    const asked = [expired, used, strange].map(([id]) => request(id));
    expect(outcomes([...asked, request(randomUUID())], [expired, used, strange])).toEqual([
      'quote_expired',
      'quote_used',
      'quote_not_found',
      'quote_not_found',
    ]);
  });

  it('decides a transfer once: repeats get what was decided, another quote under its key does not', () => {
    const [one, other] = [quote(), quote()];
    const first = request(one[0]);
    const again = { ...first, requestId: randomUUID() };
    expect(outcomes([first, again, { ...first, quoteId: other[0] }], [one, other])).toEqual([
      'bound',
      'bound',
      'idempotency_key_reused',
    ]);
    const expired = quote({ expiresAt: NOW });
    const late = request(expired[0]);
    const before = new Map([[late.transferId, { quoteId: expired[0], refusal: null }]]);
    expect(outcomes([late], [expired], before)).toEqual(['bound']);
  });

  it('stores nothing of what is rejected', () => {
    const { fresh } = bindQuotes([request(randomUUID())], new Map(), new Map(), NOW);
    expect(fresh.size).toBe(0);
  });
});
