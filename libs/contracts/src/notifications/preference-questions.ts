// `@Type` reads the types of fields, whoever imports this first.
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { LANGUAGES, type Language } from '../customers/customer-questions.js';
import { AMOUNT_MINOR } from '../messages/patterns.js';
import { question, type Refusal } from '../messages/question.js';
import { OFFERED_CURRENCIES } from '../money/currency.js';
import { TOPICS } from '../topics.js';
import type { ChannelName, NotificationType } from './notification-types.js';

/** `immediate`: each change by itself. Otherwise one message with all that changed, each hour or at 09:00 of each day. */
export const RATE_DIGESTS = ['immediate', 'hourly', 'daily'] as const;
export type RateDigest = (typeof RATE_DIGESTS)[number];

/** 24 hours, `07:30`. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** From `from` until `to` in the person's time zone, over midnight where `to` is earlier; outside channels wait meanwhile. */
export class QuietHours {
  @Matches(TIME_OF_DAY) from: string;
  @Matches(TIME_OF_DAY) to: string;
}

/** Transfers below this, in this currency, are not told of outside the inbox. */
export class MinimumAmount {
  @IsIn(OFFERED_CURRENCIES) currency: string;
  @Matches(AMOUNT_MINOR) amountMinor: string;
}

export type ChannelMatrix = Readonly<Record<NotificationType, readonly ChannelName[]>>;

export interface PreferencesView {
  /** Counts changes; the ETag. `0` while nothing was ever chosen. */
  readonly revision: string;
  readonly language: Language;
  /** IANA name, `Europe/Moscow`. */
  readonly timeZone: string;
  readonly quietHours: QuietHours | null;
  readonly channels: ChannelMatrix;
  readonly rateDigest: RateDigest;
  /** Whose changes are told of (`rate_change`); none by default. */
  readonly rateCurrencies: readonly string[];
  readonly minimumAmounts: readonly MinimumAmount[];
}

export class ReadPreferences {
  @IsUUID() customerId: string;
}

/** All of it at once. Security types must keep a channel each. */
export class ChangePreferences {
  @IsUUID() customerId: string;
  /** The revision that the change is based on; another one is answered `stale_version`. */
  @Matches(/^\d{1,18}$/) revision: string;
  @IsIn(LANGUAGES) language: Language;
  @Length(1, 64) timeZone: string;
  @IsOptional() @ValidateNested() @Type(() => QuietHours) quietHours: QuietHours | null;
  /** Checked against types and channels by the answering side, fault by fault. */
  @IsObject() channels: ChannelMatrix;
  @IsIn(RATE_DIGESTS) rateDigest: RateDigest;
  @IsArray()
  @ArrayMaxSize(OFFERED_CURRENCIES.length)
  @ArrayUnique()
  @IsIn(OFFERED_CURRENCIES, { each: true })
  rateCurrencies: string[];
  @IsArray()
  @ArrayMaxSize(OFFERED_CURRENCIES.length)
  @ArrayUnique(({ currency }: MinimumAmount) => currency)
  @ValidateNested({ each: true })
  @Type(() => MinimumAmount)
  minimumAmounts: MinimumAmount[];
}

const TOPIC = TOPICS.notificationQuestions.name;

export const PREFERENCE_QUESTIONS = {
  read: question<ReadPreferences, PreferencesView>(TOPIC, 'read-preferences', ReadPreferences),
  change: question<ChangePreferences, PreferencesView | Refusal>(
    TOPIC,
    'change-preferences',
    ChangePreferences,
  ),
} as const;
