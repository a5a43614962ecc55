import type { RateOrigin } from '../rates/rate.js';

export const QUOTE_SIDES = ['sell', 'buy'] as const;
/** Which amount the customer gave; the other one follows from the rate. */
export type QuoteSide = (typeof QUOTE_SIDES)[number];

/** A price that holds until it expires or is used. What is agreed on is written down here whole: it is the receipt. */
export interface Quote extends RateOrigin {
  readonly quoteId: string;
  readonly customerId: string;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly side: QuoteSide;
  readonly sellCurrency: string;
  readonly sellMinor: string;
  readonly buyCurrency: string;
  readonly buyMinor: string;
  /** Units of the bought currency for one unit of the sold one, at the middle. Exact: numerator/denominator. */
  readonly midRate: string;
  readonly midExact: string;
  /** The customer's: the middle less the margin, cut off after ten decimals. */
  readonly rate: string;
  /** Units of the sold currency for one unit of the bought one, rounded up. */
  readonly inverse: string;
  /** The margin as a share, `"0.005000"` is half a percent. */
  readonly markup: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}
