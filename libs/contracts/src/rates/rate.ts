import { Matches } from 'class-validator';

/** Who says what currencies are worth. */
export const RATE_SOURCES = ['bank-of-russia', 'ecb'] as const;
export type RateSource = (typeof RATE_SOURCES)[number];

/** Digits after the point of every rate that is shown or stored. */
export const RATE_DECIMALS = 10;

/** A rate above zero: at most 10 digits before the point and 10 after it. Never a JSON number. */
export const RATE = /^(?!0+(\.0*)?$)\d{1,10}(\.\d{1,10})?$/;

export function IsRate(): PropertyDecorator {
  return Matches(RATE, {
    message: ({ property }) => `${property} must be a decimal string above zero such as "92.4071"`,
  });
}

/** Which rate it is and where it comes from: whoever shows a rate shows this. */
export interface RateOrigin {
  readonly source: RateSource;
  /** The day the source set its rates for, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** When the source's feed last said so, RFC 3339. */
  readonly confirmedAt: string;
  /** From the snapshot that is shipped for machines without internet: real once, not current. */
  readonly isSnapshot: boolean;
  /** True when an operator set one of the two currencies by hand. */
  readonly isOverridden: boolean;
}

/** What one unit of `base` costs in `quote`, at the middle, half-even to ten decimals. */
export interface RateView extends RateOrigin {
  readonly base: string;
  readonly quote: string;
  readonly rate: string;
  /** What one unit of `quote` costs in `base`. */
  readonly inverse: string;
  /** The rate of the source's bulletin before this one; null for the first. */
  readonly previousRate: string | null;
}

/** `rates.changes`: one currency costs something else now. */
export interface RateChange {
  readonly source: RateSource;
  readonly asOf: string;
  /** The currency whose price changed, in units of `quote`, which is the source's pivot. */
  readonly base: string;
  readonly quote: string;
  /** Null when the currency had no rate before. */
  readonly oldRate: string | null;
  /** Null when it has none any more. */
  readonly newRate: string | null;
  readonly isOverridden: boolean;
  readonly changedAt: string;
}
