import { IsBoolean, IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { question, type Refusal } from '../messages/question.js';
import { OFFERED_CURRENCIES } from '../money/currency.js';
import { TOPICS } from '../topics.js';
import { AMOUNT_MINOR, INSTANT, REFERENCE } from '../messages/patterns.js';
import { IsRate, RATE_SOURCES, type RateOrigin, type RateSource, type RateView } from './rate.js';

export const RATE_STEPS = ['hour', 'day', 'week', 'month'] as const;
export type RateStep = (typeof RATE_STEPS)[number];

/** The longest history in one answer. */
export const MAX_RATE_POINTS = 1_000;

export class ListRates {
  /** One currency in all others; absent: all in `quote`. */
  @IsOptional() @IsIn(OFFERED_CURRENCIES) base?: string;
  /** All in this one, or with `base` just this pair; absent with `base` absent too: RUB. */
  @IsOptional() @IsIn(OFFERED_CURRENCIES) quote?: string;
}

export class ReadRateHistory {
  @IsIn(OFFERED_CURRENCIES) base: string;
  @IsIn(OFFERED_CURRENCIES) quote: string;
  @Matches(INSTANT) from: string;
  /** Exclusive. */
  @Matches(INSTANT) to: string;
  @IsIn(RATE_STEPS) step: RateStep;
}

/** Steps in which the rate had no value are left out. */
export interface RateHistory {
  readonly base: string;
  readonly quote: string;
  readonly source: RateSource;
  readonly step: RateStep;
  readonly points: readonly RatePoint[];
}

export interface RatePoint {
  /** Start of the step in UTC. */
  readonly at: string;
  readonly min: string;
  readonly avg: string;
  readonly max: string;
  /** The last one of the step. */
  readonly close: string;
}

export class ConvertAmount {
  @IsIn(OFFERED_CURRENCIES) from: string;
  @IsIn(OFFERED_CURRENCIES) to: string;
  @Matches(AMOUNT_MINOR) amountMinor: string;
}

/** What an amount would buy now; binds nobody. */
export interface ConvertedAmount extends RateOrigin {
  readonly from: string;
  readonly to: string;
  readonly amountMinor: string;
  readonly convertedMinor: string;
  readonly midRate: string;
  /** The rate after the bank's margin. */
  readonly rate: string;
  readonly inverse: string;
  /** The margin as a share, `"0.005000"` is half a percent. */
  readonly markup: string;
}

export class ListFeeds {
  /** Who asks. A class without any rule would be refused whole by class-validator. */
  @IsOptional() @IsUUID() operatorId?: string;
}

/** One feed as operators see it. */
export interface FeedView {
  readonly source: RateSource;
  readonly status: 'up' | 'failing' | 'open_breaker' | 'snapshot';
  /** The bulletin in force; null before the first. */
  readonly asOf: string | null;
  readonly confirmedAt: string | null;
  readonly lastAttemptAt: string | null;
  readonly lastError: string | null;
  readonly consecutiveFailures: number;
  readonly nextAttemptAt: string | null;
  /** Waits for an operator's decision because a rate jumped. */
  readonly held: HeldBulletin | null;
  readonly overrides: readonly RateOverrideView[];
}

export interface HeldBulletin {
  readonly bulletinId: string;
  readonly asOf: string;
  readonly receivedAt: string;
  readonly jumps: readonly {
    readonly currency: string;
    readonly oldRate: string;
    readonly newRate: string;
  }[];
}

export interface RateOverrideView {
  readonly overrideId: string;
  readonly source: RateSource;
  readonly currency: string;
  /** Units of the source's pivot that one unit of the currency costs. */
  readonly rate: string;
  readonly reason: string;
  readonly operatorId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** Sets one currency's price in the source's pivot by hand, for a while. Replaces an earlier one of the same currency. */
/** A price set by hand holds no longer: by then a source should have one. */
export const MAX_OVERRIDE_DAYS = 30;

export class SetRateOverride {
  /** Chosen by the asker, so that a repeat changes nothing. */
  @IsUUID() overrideId: string;
  @IsUUID() operatorId: string;
  @IsIn(RATE_SOURCES) source: RateSource;
  @IsIn(OFFERED_CURRENCIES) currency: string;
  @IsRate() rate: string;
  @Length(3, 200) @Matches(REFERENCE) reason: string;
  @Matches(INSTANT) expiresAt: string;
}

export class EndRateOverride {
  @IsUUID() overrideId: string;
  @IsUUID() operatorId: string;
}

export class DecideHeldBulletin {
  @IsUUID() bulletinId: string;
  @IsUUID() operatorId: string;
  @IsBoolean() isAccepted: boolean;
  @Length(3, 200) @Matches(REFERENCE) reason: string;
}

const TOPIC = TOPICS.rateQuestions.name;

export const RATE_QUESTIONS = {
  list: question<ListRates, RateView[] | Refusal>(TOPIC, 'list', ListRates),
  history: question<ReadRateHistory, RateHistory | Refusal>(TOPIC, 'history', ReadRateHistory),
  convert: question<ConvertAmount, ConvertedAmount | Refusal>(TOPIC, 'convert', ConvertAmount),
  feeds: question<ListFeeds, FeedView[] | Refusal>(TOPIC, 'feeds', ListFeeds),
  setOverride: question<SetRateOverride, RateOverrideView | Refusal>(TOPIC, 'set-override', SetRateOverride),
  endOverride: question<EndRateOverride, RateOverrideView | Refusal>(TOPIC, 'end-override', EndRateOverride),
  decideHeld: question<DecideHeldBulletin, FeedView | Refusal>(TOPIC, 'decide-held', DecideHeldBulletin),
} as const;
