import { ApiProperty } from '@nestjs/swagger';
import { RATE_SOURCES, type RateSource } from '@kopeck/contracts';
import { IsString } from 'class-validator';
import { MoneyDto } from '../documentation/money.documentation.js';
import { OfferedCurrency } from './offered-currency.decorator.js';
import type { Estimate, Origin, Rate } from './rate.js';

export class ListRatesQuery {
  @OfferedCurrency({
    required: false,
    description: 'One currency in all others; with `quote` just this pair.',
    example: 'EUR',
  })
  base?: string;

  @OfferedCurrency({
    required: false,
    description: 'All currencies in this one; RUB where neither is given.',
    example: 'RUB',
  })
  quote?: string;
}

export class EstimateQuery {
  @OfferedCurrency({ description: 'What would be sold.', example: 'EUR' })
  from: string;

  @OfferedCurrency({ description: 'What would be bought.', example: 'RUB' })
  to: string;

  @ApiProperty({
    description: "How much would be sold, with exactly the currency's decimals.",
    example: '100.00',
  })
  @IsString()
  amount: string;
}

/** Which rate it is and where it comes from. */
export class OriginResource implements Origin {
  @ApiProperty({ enum: RATE_SOURCES, example: 'bank-of-russia' })
  source: RateSource;

  @ApiProperty({
    format: 'date',
    description: 'The day the source set its rates for.',
    example: '2026-09-30',
  })
  asOf: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When the source last said so.',
    example: '2026-10-01T09:30:00.000Z',
  })
  confirmedAt: string;

  @ApiProperty({
    description: 'From the snapshot for machines without internet: real once, not current.',
    example: false,
  })
  isSnapshot: boolean;

  @ApiProperty({ description: 'An operator set one of the currencies by hand.', example: false })
  isOverridden: boolean;
}

export class RateResource extends OriginResource implements Rate {
  @ApiProperty({ example: 'EUR' })
  base: string;

  @ApiProperty({ example: 'RUB' })
  quote: string;

  @ApiProperty({
    description: 'What one unit of `base` costs in `quote`, at the middle. Always a string.',
    example: '92.4071000000',
  })
  exchangeRate: string;

  @ApiProperty({ description: 'What one unit of `quote` costs in `base`.', example: '0.0108216792' })
  inverse: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The rate of the source's bulletin before this one.",
    example: '92.1103000000',
  })
  previousRate: string | null;
}

export class RateList {
  @ApiProperty({ type: [RateResource] })
  data: RateResource[];
}

/** What any price says of itself, a quote's like an estimate's. */
export class PriceResource extends OriginResource {
  @ApiProperty({ type: MoneyDto, description: 'What leaves.' })
  sell: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: 'What arrives.' })
  buy: MoneyDto;

  @ApiProperty({
    description: "Units of the bought currency for one of the sold one, the bank's margin taken off.",
    example: '91.9450645000',
  })
  exchangeRate: string;

  @ApiProperty({
    description: 'Units of the sold currency for one of the bought one.',
    example: '0.0108760596',
  })
  inverse: string;

  @ApiProperty({ description: 'The rate before the margin.', example: '92.4071000000' })
  midRate: string;

  @ApiProperty({
    description: "The bank's margin as a share: this is half a percent.",
    example: '0.005000',
  })
  markup: string;
}

export class EstimateResource extends PriceResource implements Estimate {}
