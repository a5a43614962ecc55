import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ALERT_KINDS, IsRate, type AlertKind, type AlertView } from '@kopeck/contracts';
import { IsIn, Matches, ValidateIf } from 'class-validator';
import { OfferedCurrency } from '../rates/offered-currency.decorator.js';
import type { RateAlert } from './rate-alert.js';

const STATUSES = ['active', 'told', 'cancelled'] as const satisfies readonly AlertView['status'][];
const PERCENT = /^(?!0+(\.0*)?$)\d{1,3}(\.\d{1,2})?$/;
const PERCENT_FAULT = 'percent must be a decimal string from "0.01" to "999.99", such as "2.5"';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const isMove = ({ kind }: PlaceRateAlertBody): boolean => kind === 'moves_by';

export class PlaceRateAlertBody {
  @OfferedCurrency({ example: 'EUR' })
  base: string;

  @OfferedCurrency({ description: 'In which currency the rate is told.', example: 'RUB' })
  quote: string;

  @ApiProperty({ enum: ALERT_KINDS, example: 'at_or_above' })
  @IsIn(ALERT_KINDS, { message: `kind must be one of ${ALERT_KINDS.join(', ')}` })
  kind: AlertKind;

  @ApiPropertyOptional({
    description: 'The rate to wait for, at the middle; not for `moves_by`.',
    example: '95',
  })
  @ValidateIf((body: PlaceRateAlertBody) => !isMove(body) || isGiven(body.rate))
  @IsRate()
  rate?: string;

  @ApiPropertyOptional({
    description: 'For `moves_by` only: percent of the rate at the time of placing, either way.',
    example: '2.5',
  })
  @ValidateIf((body: PlaceRateAlertBody) => isMove(body) || isGiven(body.percent))
  @Matches(PERCENT, { message: PERCENT_FAULT })
  percent?: string;
}

export class RateAlertResource implements RateAlert {
  @ApiProperty({ format: 'uuid', example: '9e1b0a52-0b8e-5a44-9d5a-6d0c1c2b3a41' })
  id: string;

  @ApiProperty({ example: 'EUR' })
  base: string;

  @ApiProperty({ example: 'RUB' })
  quote: string;

  @ApiProperty({ enum: ALERT_KINDS, example: 'at_or_above' })
  kind: AlertKind;

  @ApiProperty({ type: String, nullable: true, example: '95.0000000000' })
  rate: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  percent: string | null;

  @ApiProperty({ description: 'The rate when it was placed.', example: '92.4071000000' })
  startRate: string;

  @ApiProperty({ enum: STATUSES, description: 'It tells once.', example: 'active' })
  status: AlertView['status'];

  @ApiProperty({ format: 'date-time', example: '2026-10-01T09:30:00.000Z' })
  createdAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  toldAt: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  toldRate: string | null;
}

export class RateAlertPage {
  @ApiProperty({ type: [RateAlertResource] })
  data: RateAlertResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null on the last.',
    example: null,
  })
  nextCursor: string | null;
}
