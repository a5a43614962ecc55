import { ApiProperty } from '@nestjs/swagger';
import { accountNumberOf, IsRate, ORDER_STATUSES, type OrderStatus } from '@kopeck/contracts';
import { Transform, Type } from 'class-transformer';
import { IsObject, IsUUID, ValidateNested } from 'class-validator';
import { CreditedAccountBody } from '../accounts/credited-account.dto.js';
import { MoneyDto } from '../documentation/money.documentation.js';
import { FutureMoment } from '../http/future-moment.decorator.js';
import { OfferedCurrency } from '../rates/offered-currency.decorator.js';
import type { Order } from './order.js';

const SELL_FAULT = 'sell must be an object such as {"amount":"100.00","currency":"EUR"}';
const MAX_DAYS = 366;

export class PlaceOrderBody extends CreditedAccountBody {
  @ApiProperty({
    format: 'uuid',
    description: 'Which of your accounts pays.',
    example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11',
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID(undefined, { message: 'debitAccountId must be the id of one of your accounts' })
  debitAccountId: string;

  @ApiProperty({ type: MoneyDto, description: 'What is converted when the rate is reached.' })
  @IsObject({ message: SELL_FAULT })
  @ValidateNested({ message: SELL_FAULT })
  @Type(() => MoneyDto)
  sell: MoneyDto;

  @OfferedCurrency({ description: 'What is bought for it.', example: 'RUB' })
  buyCurrency: string;

  @ApiProperty({
    description:
      'Convert when one unit of what is sold buys at least this many of what is bought, margin taken off.',
    example: '95.5',
  })
  @IsRate()
  targetRate: string;

  @FutureMoment({ maxDays: MAX_DAYS, description: `Until when it stands, ${MAX_DAYS} days at most.` })
  expiresAt: string;
}

export class OrderResource implements Order {
  @ApiProperty({ format: 'uuid', example: '7c1b0a52-0b8e-5a44-9d5a-6d0c1c2b3a41' })
  id: string;

  @ApiProperty({ format: 'uuid', example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11' })
  debitAccountId: string;

  @ApiProperty({ example: accountNumberOf(12_345_678n) })
  creditAccountNumber: string;

  @ApiProperty({ type: MoneyDto })
  sell: MoneyDto;

  @ApiProperty({ example: 'RUB' })
  buyCurrency: string;

  @ApiProperty({ example: '95.5000000000' })
  targetRate: string;

  @ApiProperty({
    enum: ORDER_STATUSES,
    description: '`triggered`: the transfer says how that ended.',
    example: 'active',
  })
  status: OrderStatus;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  transferId: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-10-01T09:30:00.000Z' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-31T22:00:00.000Z' })
  expiresAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  triggeredAt: string | null;
}

export class OrderPage {
  @ApiProperty({ type: [OrderResource] })
  data: OrderResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null on the last.',
    example: null,
  })
  nextCursor: string | null;
}
