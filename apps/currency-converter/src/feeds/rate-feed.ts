import type { RateSource } from '@kopeck/contracts';

/** One currency's rate as a feed writes it: `value` units of the pivot cost `nominal` units of the currency. */
export interface FeedRate {
  readonly currency: string;
  /** Decimal text with a point, above zero. */
  readonly value: string;
  readonly nominal: number;
  /** True when it's the other way round: `value` units of the currency cost `nominal` units of the pivot. */
  readonly isInverse: boolean;
}

/** What a feed says for one day. */
export interface FeedBulletin {
  /** The day the rates are set for, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly rates: readonly FeedRate[];
}

/** A source of rates. Another one is a file with this and a line in `feeds.ts`. */
export interface RateFeed {
  readonly source: RateSource;
  /** The currency that all its rates are against. */
  readonly pivot: string;
  /**
   * @returns the days in it, the newest first, one at least.
   * @throws {FeedFault} when it isn't what it should be; nothing of it may be used then.
   */
  parse(bytes: Uint8Array): FeedBulletin[];
}

/** Something is wrong with a feed; the message says what, in words for operators. */
export class FeedFault extends Error {}
