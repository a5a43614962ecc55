import { ApiProperty } from '@nestjs/swagger';
import {
  IsRate,
  MAX_OVERRIDE_DAYS,
  RATE_SOURCES,
  REFERENCE,
  type FeedView,
  type HeldBulletin,
  type RateOverrideView,
  type RateSource,
} from '@kopeck/contracts';
import { IsBoolean, IsIn, Length, Matches } from 'class-validator';
import { FutureMoment } from '../http/future-moment.decorator.js';
import { OfferedCurrency } from '../rates/offered-currency.decorator.js';

const REASON_FAULT = 'reason must be one line of 3 to 200 printable characters';
const STATUSES = [
  'up',
  'failing',
  'open_breaker',
  'snapshot',
] as const satisfies readonly FeedView['status'][];

export class SetRateOverrideBody {
  @ApiProperty({
    enum: RATE_SOURCES,
    description: 'Whose rates it is part of, for as long.',
    example: 'bank-of-russia',
  })
  @IsIn(RATE_SOURCES, { message: `source must be one of ${RATE_SOURCES.join(', ')}` })
  source: RateSource;

  @OfferedCurrency({ example: 'KWD' })
  currency: string;

  @ApiProperty({
    description: "Units of the source's own currency (RUB for the Bank of Russia, EUR for the ECB) for one.",
    example: '301.25',
  })
  @IsRate()
  rate: string;

  @ApiProperty({ minLength: 3, maxLength: 200, example: 'No source has it; taken from the central bank' })
  @Length(3, 200, { message: REASON_FAULT })
  @Matches(REFERENCE, { message: REASON_FAULT })
  reason: string;

  @FutureMoment({
    maxDays: MAX_OVERRIDE_DAYS,
    description: `Until when it holds, ${MAX_OVERRIDE_DAYS} days at most.`,
  })
  expiresAt: string;
}

export class DecideHeldBulletinBody {
  @ApiProperty({ description: 'True puts the bulletin in force, false drops it.', example: true })
  @IsBoolean({ message: 'accept must be true or false' })
  accept: boolean;

  @ApiProperty({ minLength: 3, maxLength: 200, example: 'The market did move' })
  @Length(3, 200, { message: REASON_FAULT })
  @Matches(REFERENCE, { message: REASON_FAULT })
  reason: string;
}

export class RateOverrideResource {
  @ApiProperty({ format: 'uuid', example: '46f1d83b-95a2-5e7c-b38f-c20e6714d977' })
  id: string;

  @ApiProperty({ enum: RATE_SOURCES, example: 'bank-of-russia' })
  source: RateSource;

  @ApiProperty({ example: 'KWD' })
  currency: string;

  @ApiProperty({ example: '301.2500000000' })
  rate: string;

  @ApiProperty({ example: 'No source has it; taken from the central bank' })
  reason: string;

  @ApiProperty({ format: 'uuid', example: '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41' })
  operatorId: string;

  @ApiProperty({ format: 'date-time', example: '2026-10-01T09:30:00.000Z' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', example: '2026-10-08T09:30:00.000Z' })
  expiresAt: string;

  static of({ overrideId, ...view }: RateOverrideView): RateOverrideResource {
    const { source, currency, rate, reason, operatorId, createdAt, expiresAt } = view;
    return { id: overrideId, source, currency, rate, reason, operatorId, createdAt, expiresAt };
  }
}

class RateJumpResource {
  @ApiProperty({ example: 'USD' })
  currency: string;

  @ApiProperty({ example: '81.4500000000' })
  oldRate: string;

  @ApiProperty({ example: '814.5000000000' })
  newRate: string;
}

export class HeldBulletinResource implements HeldBulletin {
  @ApiProperty({ format: 'uuid', example: '2c7f1d83-95a2-4e7c-b38f-c20e6714d977' })
  bulletinId: string;

  @ApiProperty({ format: 'date', example: '2026-09-30' })
  asOf: string;

  @ApiProperty({ format: 'date-time', example: '2026-10-01T09:30:00.000Z' })
  receivedAt: string;

  @ApiProperty({ type: [RateJumpResource], description: 'What moved too far to be believed.' })
  jumps: RateJumpResource[];
}

export class RateFeedResource {
  @ApiProperty({ enum: RATE_SOURCES, example: 'bank-of-russia' })
  source: RateSource;

  @ApiProperty({ enum: STATUSES, example: 'up' })
  status: FeedView['status'];

  @ApiProperty({ type: String, format: 'date', nullable: true, example: '2026-09-30' })
  asOf: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-10-01T09:30:00.000Z' })
  confirmedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-10-01T09:30:00.000Z' })
  lastAttemptAt: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  lastError: string | null;

  @ApiProperty({ type: 'integer', example: 0 })
  consecutiveFailures: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-10-01T09:40:00.000Z' })
  nextAttemptAt: string | null;

  @ApiProperty({
    type: HeldBulletinResource,
    nullable: true,
    description: "Waits for an operator's decision.",
    example: null,
  })
  held: HeldBulletinResource | null;

  @ApiProperty({ type: [RateOverrideResource] })
  overrides: RateOverrideResource[];

  static of({ held, overrides, ...view }: FeedView): RateFeedResource {
    const { source, status, asOf, confirmedAt, lastAttemptAt, lastError } = view;
    const { consecutiveFailures, nextAttemptAt } = view;
    return {
      ...{ source, status, asOf, confirmedAt, lastAttemptAt, lastError, consecutiveFailures, nextAttemptAt },
      held: held && { ...held, jumps: [...held.jumps] },
      overrides: overrides.map(RateOverrideResource.of),
    };
  }
}

export class RateFeedList {
  @ApiProperty({ type: [RateFeedResource] })
  data: RateFeedResource[];
}
