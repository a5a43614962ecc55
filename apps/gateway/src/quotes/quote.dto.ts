import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { accountNumberOf, QUOTE_SIDES, type QuoteSide, type QuoteView } from '@kopeck/contracts';
import { Transform, Type } from 'class-transformer';
import { IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { CreditedAccountBody } from '../accounts/credited-account.dto.js';
import { MoneyDto } from '../documentation/money.documentation.js';
import { OfferedCurrency } from '../rates/offered-currency.decorator.js';
import { PriceResource } from '../rates/rate.dto.js';
import type { AgreedQuote, OpenQuote } from './quote.js';

const STATUSES = ['open', 'expired', 'used'] as const satisfies readonly QuoteView['status'][];
const faultOf = (field: string): string =>
  `${field} must be an object such as {"amount":"100.00","currency":"EUR"}`;

type Raw = { value: unknown };

export class CreateQuoteBody extends CreditedAccountBody {
  @ApiProperty({
    format: 'uuid',
    description: 'Which of your accounts pays.',
    example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11',
  })
  @Transform(({ value }: Raw) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID(undefined, { message: 'debitAccountId must be the id of one of your accounts' })
  debitAccountId: string;

  @ApiPropertyOptional({
    type: MoneyDto,
    description: 'Sell exactly this, with `buyCurrency`. Either `sell` or `buy`.',
  })
  @IsOptional()
  @IsObject({ message: faultOf('sell') })
  @ValidateNested({ message: faultOf('sell') })
  @Type(() => MoneyDto)
  sell?: MoneyDto;

  @OfferedCurrency({ required: false, description: 'With `sell`: what is bought for it.', example: 'RUB' })
  buyCurrency?: string;

  @ApiPropertyOptional({ type: MoneyDto, description: 'Buy exactly this, with `sellCurrency`.' })
  @IsOptional()
  @IsObject({ message: faultOf('buy') })
  @ValidateNested({ message: faultOf('buy') })
  @Type(() => MoneyDto)
  buy?: MoneyDto;

  @OfferedCurrency({ required: false, description: 'With `buy`: what pays for it.', example: 'EUR' })
  sellCurrency?: string;
}

/** The receipt in a transfer. */
export class AgreedQuoteResource extends PriceResource implements AgreedQuote {
  @ApiProperty({ format: 'uuid', example: '1f0e6a5c-7f0b-4f7e-9a53-0b7a0d5a2c11' })
  id: string;

  @ApiProperty({ format: 'uuid', example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11' })
  debitAccountId: string;

  @ApiProperty({ example: accountNumberOf(12_345_678n) })
  creditAccountNumber: string;

  @ApiProperty({ enum: QUOTE_SIDES, description: 'Which of the amounts was asked for.', example: 'sell' })
  side: QuoteSide;

  @ApiProperty({ format: 'date-time', example: '2026-10-01T09:30:00.000Z' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', example: '2026-10-01T09:30:30.000Z' })
  expiresAt: string;
}

export class QuoteResource extends AgreedQuoteResource implements OpenQuote {
  @ApiProperty({
    enum: STATUSES,
    description: '`used` once a conversion took it, whatever became of that.',
    example: 'open',
  })
  status: QuoteView['status'];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The conversion that took it.',
    example: null,
  })
  transferId: string | null;
}
