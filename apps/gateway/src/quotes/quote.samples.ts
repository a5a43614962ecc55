import {
  accountNumberOf,
  type ConversionTerms,
  type ConvertedAmount,
  type QuoteView,
  type RateOrigin,
  type RateView,
} from '@kopeck/contracts';

/** Rates, quotes and terms for tests, consistent with each other: 100.00 EUR at 92.4071 less half a percent. */
export const ORIGIN: RateOrigin = {
  source: 'bank-of-russia',
  asOf: '2026-09-30',
  confirmedAt: '2026-10-01T09:30:00.000Z',
  isSnapshot: false,
  isOverridden: false,
};

export const RATE: RateView = {
  base: 'EUR',
  quote: 'RUB',
  rate: '92.4071000000',
  inverse: '0.0108216793',
  previousRate: '92.1103000000',
  ...ORIGIN,
};

export const ESTIMATE: ConvertedAmount = {
  from: 'EUR',
  to: 'RUB',
  amountMinor: '10000',
  convertedMinor: '919450',
  midRate: RATE.rate,
  rate: '91.9450645000',
  inverse: '0.0108760596',
  markup: '0.005000',
  ...ORIGIN,
};

export function quoteOf(facts: Partial<QuoteView> = {}): QuoteView {
  return {
    quoteId: '1f0e6a5c-7f0b-4f7e-9a53-0b7a0d5a2c11',
    customerId: '11111111-1111-4111-8111-111111111111',
    debitAccountId: '22222222-2222-4222-8222-222222222222',
    creditAccountNumber: accountNumberOf(12_345_678n),
    side: 'sell',
    sellCurrency: 'EUR',
    sellMinor: '10000',
    buyCurrency: 'RUB',
    buyMinor: '919450',
    midRate: RATE.rate,
    midExact: '924071/10000',
    rate: ESTIMATE.rate,
    inverse: ESTIMATE.inverse,
    markup: ESTIMATE.markup,
    ...ORIGIN,
    createdAt: '2026-10-01T09:30:00.000Z',
    expiresAt: '2026-10-01T09:30:30.000Z',
    status: 'open',
    transferId: null,
    ...facts,
  };
}

/** What the ledger posts for the quote, which is stored without the state it is in. */
export function termsOf(view: QuoteView): ConversionTerms {
  const { status: _status, transferId: _transferId, ...quote } = view;
  return {
    quoteId: quote.quoteId,
    buyCurrency: quote.buyCurrency,
    buyMinor: quote.buyMinor,
    positionMinor: '924071',
    revenueMinor: '4620',
    roundingMinor: '1',
    quote,
  };
}

const QUOTE = quoteOf();

/** The quote as REST shows it. */
export const AGREED = {
  id: QUOTE.quoteId,
  debitAccountId: QUOTE.debitAccountId,
  creditAccountNumber: QUOTE.creditAccountNumber,
  side: 'sell',
  sell: { amount: '100.00', currency: 'EUR' },
  buy: { amount: '9194.50', currency: 'RUB' },
  exchangeRate: '91.9450645000',
  inverse: '0.0108760596',
  midRate: '92.4071000000',
  markup: '0.005000',
  ...ORIGIN,
  createdAt: QUOTE.createdAt,
  expiresAt: QUOTE.expiresAt,
};
