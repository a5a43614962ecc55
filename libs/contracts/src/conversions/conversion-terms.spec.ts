import fc from 'fast-check';
import { areConversionTerms, type ConversionTerms } from './conversion-terms.js';
import type { Quote } from './quote.js';

const ID = '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41';

const quote: Quote = {
  quoteId: ID,
  customerId: ID,
  debitAccountId: ID,
  creditAccountNumber: 'QP76KPCK000012345678',
  side: 'sell',
  sellCurrency: 'EUR',
  sellMinor: '10000',
  buyCurrency: 'RUB',
  buyMinor: '919450',
  midRate: '92.4071000000',
  midExact: '924071/10000',
  rate: '91.9450645000',
  inverse: '0.0108760596',
  markup: '0.005000',
  source: 'bank-of-russia',
  asOf: '2026-09-30',
  confirmedAt: '2026-10-01T12:00:00.000Z',
  isSnapshot: false,
  isOverridden: false,
  createdAt: '2026-10-01T12:00:00.000Z',
  expiresAt: '2026-10-01T12:00:30.000Z',
};
const terms: ConversionTerms = {
  quoteId: ID,
  buyCurrency: 'RUB',
  buyMinor: '919450',
  positionMinor: '924071',
  revenueMinor: '4620',
  roundingMinor: '1',
  quote,
};

describe('conversion terms', () => {
  it('hold when they add up and carry their quote', () => {
    expect(areConversionTerms(terms)).toBe(true);
    expect(areConversionTerms({ ...terms, addedLater: 1 })).toBe(true);
    const free = { ...terms, positionMinor: '919450', revenueMinor: '0', roundingMinor: '0' };
    expect(areConversionTerms(free)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', JSON.stringify(terms)],
    ['a list', [terms]],
    ['no id', { ...terms, quoteId: 'x' }],
    ['no currency', { ...terms, buyCurrency: 'QQQ' }],
    ['a number for an amount', { ...terms, buyMinor: 919_450 }],
    ['nothing bought', { ...terms, buyMinor: '0', positionMinor: '4621' }],
    ['a negative margin', { ...terms, revenueMinor: '-1', roundingMinor: '4622' }],
    ['a leading zero', { ...terms, roundingMinor: '01' }],
    ['an amount too large', { ...terms, positionMinor: '1'.repeat(16) }],
    ['no quote', { ...terms, quote: undefined }],
    ['another quote', { ...terms, quote: { ...quote, quoteId: ID.replace('3', '4') } }],
    ['a quote of a megabyte', { ...terms, quote: { ...quote, markup: '0'.repeat(1_000_000) } }],
  ])('refuse %s', (_what, value) => expect(areConversionTerms(value)).toBe(false));

  it('never let a unit appear or vanish', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 14n });
    const part = fc.bigInt({ min: 0n, max: 10n ** 6n });
    const drift = fc.bigInt({ min: -5n, max: 5n });
    fc.assert(
      fc.property(amount, part, part, drift, (buy, revenue, rounding, off) => {
        const position = buy + revenue + rounding + off;
        fc.pre(position > 0n);
        const value = {
          ...terms,
          buyMinor: String(buy),
          positionMinor: String(position),
          revenueMinor: String(revenue),
          roundingMinor: String(rounding),
        };
        expect(areConversionTerms(value)).toBe(off === 0n);
      }),
    );
  });
});
