import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  OFFERED_CURRENCIES,
  REFERENCE,
  TRANSFER_KINDS,
  type AccountStatus,
  type AccountView,
  type EntryView,
  type TransferKind,
} from '@kopeck/contracts';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import { MoneyDto } from '../documentation/money.documentation.js';

const NAME_FAULT = 'name must be one line of 1 to 60 printable characters';
const STATUSES = ['active', 'frozen'] as const satisfies readonly AccountStatus[];

export class OpenAccountBody {
  @ApiProperty({ enum: OFFERED_CURRENCIES, example: 'EUR' })
  @IsIn(OFFERED_CURRENCIES, { message: `currency must be one of ${OFFERED_CURRENCIES.join(', ')}` })
  currency: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 60,
    example: 'Holidays',
    description: 'Yours alone to see.',
  })
  @IsOptional()
  @Length(1, 60, { message: NAME_FAULT })
  @Matches(REFERENCE, { message: NAME_FAULT })
  name?: string;
}

export class RenameAccountBody {
  @ApiProperty({ minLength: 1, maxLength: 60, example: 'Rainy days' })
  @Length(1, 60, { message: NAME_FAULT })
  @Matches(REFERENCE, { message: NAME_FAULT })
  name: string;
}

export class AccountResource {
  @ApiProperty({ format: 'uuid', example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11' })
  id: string;

  @ApiProperty({ description: 'What others send money to.', example: 'QP68KPCK000012345678' })
  number: string;

  @ApiProperty({ example: 'Holidays' })
  name: string;

  @ApiProperty({ example: 'EUR' })
  currency: string;

  @ApiProperty({ enum: STATUSES, example: 'active' })
  status: AccountStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is frozen.', example: null })
  statusReason: string | null;

  @ApiProperty({ type: MoneyDto })
  balance: MoneyDto;

  @ApiProperty({ description: "Counts the account's entries.", example: '42' })
  version: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  openedAt: string;

  static of(view: AccountView): AccountResource {
    return {
      id: view.accountId,
      number: view.number,
      name: view.name,
      currency: view.currency,
      status: view.status,
      statusReason: view.statusReason,
      balance: MoneyDto.of(BigInt(view.balanceMinor), view.currency),
      version: view.version,
      openedAt: view.openedAt,
    };
  }
}

export class AccountList {
  @ApiProperty({ type: [AccountResource] })
  data: AccountResource[];
}

export class EntryResource {
  @ApiProperty({ format: 'uuid', example: '0d9b2a54-6a7e-5c0f-9b1e-2f3c9a7e4d33' })
  transferId: string;

  @ApiProperty({ enum: TRANSFER_KINDS, example: 'transfer' })
  kind: TransferKind;

  @ApiProperty({ type: MoneyDto, description: 'Negative for a debit, positive for a credit.' })
  amount: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  balanceAfter: MoneyDto;

  @ApiProperty({ description: "The entry's place in the account's history, from 1.", example: '42' })
  accountVersion: string;

  @ApiProperty({ type: String, nullable: true, example: 'QP49KPCK000087654321' })
  counterpartyNumber: string | null;

  @ApiProperty({ description: 'The other side is the bank itself.', example: false })
  counterpartyIsBank: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'Rent for March' })
  reference: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  postedAt: string;

  static of(view: EntryView): EntryResource {
    return {
      transferId: view.transferId,
      kind: view.kind,
      amount: MoneyDto.of(BigInt(view.amountMinor), view.currency),
      balanceAfter: MoneyDto.of(BigInt(view.balanceAfterMinor), view.currency),
      accountVersion: view.accountVersion,
      counterpartyNumber: view.counterpartyNumber,
      counterpartyIsBank: view.counterpartyIsBank,
      reference: view.reference,
      postedAt: view.postedAt,
    };
  }
}

export class EntryPage {
  @ApiProperty({ type: [EntryResource] })
  data: EntryResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null on the last.',
    example: null,
  })
  nextCursor: string | null;
}
