import type { PairRate } from '../rates/current-rates.service.js';
import { Fraction } from '../rates/fraction.js';
import { isExpired, quoteOf, termsOf, textOf, viewOf, type QuoteBody, type StoredQuote } from './quote.js';
import { markupTextOf, millionthsOf } from './quote.settings.js';

const PAIR: PairRate = {
  base: 'EUR',
  quote: 'RUB',
  exact: Fraction.of(960_077n, 10_000n),
  previous: null,
  source: 'bank-of-russia',
  asOf: '2026-09-30',
  confirmedAt: '2026-10-01T12:00:00.000Z',
  isSnapshot: false,
  isOverridden: true,
};
const REQUEST = {
  quoteId: '11111111-1111-4111-8111-111111111111',
  customerId: '22222222-2222-4222-8222-222222222222',
  debitAccountId: '33333333-3333-4333-8333-333333333333',
  creditAccountNumber: 'QP76KPCK000012345678',
  sellCurrency: 'EUR',
  buyCurrency: 'RUB',
};
const at = (ms: number) => new Date(Date.UTC(2026, 9, 1, 12, 0, 0, ms));
const body = quoteOf({ ...REQUEST, sellMinor: '10000' }, PAIR, 5_000n) as QuoteBody;
const stored: StoredQuote = { body, createdAt: at(0), expiresAt: at(500), transferId: null };

describe('a quote', () => {
  it('says all that there is to say', () => {
    expect(textOf(stored)).toEqual({
      ...REQUEST,
      side: 'sell',
      sellMinor: '10000',
      buyMinor: '955276',
      midRate: '96.0077000000',
      midExact: '960077/10000',
      rate: '95.5276615000',
      inverse: '0.0104681721',
      markup: '0.005000',
      source: 'bank-of-russia',
      asOf: '2026-09-30',
      confirmedAt: '2026-10-01T12:00:00.000Z',
      isSnapshot: false,
      isOverridden: true,
      createdAt: '2026-10-01T12:00:00.000Z',
      expiresAt: '2026-10-01T12:00:00.500Z',
    });
  });

  it('gives the ledger amounts that add up, and itself', () => {
    const terms = termsOf(stored);
    expect(terms).toMatchObject({
      buyMinor: '955276',
      positionMinor: '960077',
      revenueMinor: '4800',
      roundingMinor: '1',
    });
    expect(terms.quote).toEqual(textOf(stored));
  });

  it('may be asked for by what is bought', () => {
    const bought = quoteOf({ ...REQUEST, buyMinor: '955276' }, PAIR, 5_000n) as QuoteBody;
    expect(bought.quote).toMatchObject({ side: 'buy', sellMinor: '10000', buyMinor: '955276' });
  });

  it('is refused where nothing is bought, or too much', () => {
    const yen = { ...REQUEST, sellCurrency: 'RUB', buyCurrency: 'EUR' };
    const pair = { ...PAIR, exact: PAIR.exact.inverse() };
    expect(quoteOf({ ...yen, sellMinor: '1' }, pair, 5_000n)).toBe('amount_too_small');
    expect(quoteOf({ ...REQUEST, sellMinor: '999999999999999' }, PAIR, 0n)).toBe('limit_exceeded');
  });

  it.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('%i ms from its end is expired: %p', (offset, expected) => {
    expect(isExpired(stored, at(500 + offset))).toBe(expected);
    expect(viewOf(stored, at(500 + offset)).status).toBe(expected ? 'expired' : 'open');
  });

  it('that was used is used, whatever the time', () => {
    const used = { ...stored, transferId: REQUEST.quoteId };
    expect(viewOf(used, at(0))).toMatchObject({ status: 'used', transferId: REQUEST.quoteId });
    expect(viewOf(used, at(9_000)).status).toBe('used');
  });
});

it.each([
  ['0', 0n, '0.000000'],
  ['0.005', 5_000n, '0.005000'],
  ['0.000001', 1n, '0.000001'],
  ['0.999999', 999_999n, '0.999999'],
])('a margin of %s is %i millionths', (text, millionths, shown) => {
  expect(millionthsOf(text)).toBe(millionths);
  expect(markupTextOf(millionths)).toBe(shown);
});
