import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  accountNumberOf,
  IsAccountNumber,
  normaliseAccountNumber,
  REFERENCE,
  REFUSAL_REASONS,
  TRANSFER_KINDS,
  TRANSFER_STATUSES,
  type RefusalReason,
  type TransferKind,
  type TransferStatus,
  type TransferStep,
} from '@kopeck/contracts';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUUID, Length, Matches, ValidateNested } from 'class-validator';
import { MoneyDto } from '../documentation/money.documentation.js';
import { PageQuery } from '../http/paging.js';
import { AgreedQuoteResource } from '../quotes/quote.dto.js';
import type { ConvertedTransfer, Transfer } from './transfer.js';

const EXAMPLE_NUMBER = accountNumberOf(12_345_678n);
const AMOUNT_FAULT = 'instructedAmount must be an object such as {"amount":"12.30","currency":"EUR"}';
const REFERENCE_FAULT = 'reference must be one line of 1 to 140 printable characters';
const END_TO_END_FAULT = 'endToEndId must be one line of 1 to 35 printable characters';

const UNREAD = 'Null only while a conversion is pending and its quote could not be read.';

type Raw = { value: unknown };

/** What an instruction to pay has in common, whoever gives it. */
export class InstructionBody {
  @ApiProperty({
    description: "The recipient's account number; spaces are left out.",
    example: EXAMPLE_NUMBER,
  })
  @Transform(({ value }: Raw) => (typeof value === 'string' ? normaliseAccountNumber(value) : value))
  @IsAccountNumber()
  creditAccountNumber: string;

  @ApiProperty({ type: MoneyDto, description: 'In the currency of both accounts.' })
  @IsObject({ message: AMOUNT_FAULT })
  @ValidateNested({ message: AMOUNT_FAULT })
  @Type(() => MoneyDto)
  instructedAmount: MoneyDto;

  @ApiPropertyOptional({
    description: "For the recipient's statement (ISO 20022 remittance information).",
    minLength: 1,
    maxLength: 140,
    example: 'Rent for March',
  })
  @IsOptional()
  @Length(1, 140, { message: REFERENCE_FAULT })
  @Matches(REFERENCE, { message: REFERENCE_FAULT })
  reference?: string;
}

export class CreateTransferBody extends InstructionBody {
  @ApiProperty({
    format: 'uuid',
    description: 'Which of your accounts pays.',
    example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11',
  })
  @Transform(({ value }: Raw) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID(undefined, { message: 'debitAccountId must be the id of one of your accounts' })
  debitAccountId: string;

  @ApiPropertyOptional({
    description: 'Your own reference, passed on unchanged (ISO 20022 EndToEndId).',
    minLength: 1,
    maxLength: 35,
    example: 'INVOICE-2026-0042',
  })
  @IsOptional()
  @Length(1, 35, { message: END_TO_END_FAULT })
  @Matches(REFERENCE, { message: END_TO_END_FAULT })
  endToEndId?: string;
}

export class CashDepositBody extends InstructionBody {}

export class ListTransfersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: TRANSFER_STATUSES })
  @IsOptional()
  @IsIn(TRANSFER_STATUSES, { message: `status must be one of ${TRANSFER_STATUSES.join(', ')}` })
  status?: TransferStatus;
}

export class ConvertedTransferResource implements ConvertedTransfer {
  @ApiProperty({ type: MoneyDto, description: 'What arrives.' })
  settledAmount: MoneyDto;

  @ApiProperty({
    description: 'Units of what arrives for one unit of what leaves, as agreed on.',
    example: '91.9450645000',
  })
  exchangeRate: string;

  @ApiProperty({
    type: AgreedQuoteResource,
    nullable: true,
    description: 'The quote, whole: the receipt. Null for who only receives.',
  })
  quote: AgreedQuoteResource | null;
}

export class TransferResource implements Transfer {
  @ApiProperty({ format: 'uuid', example: '0d9b2a54-6a7e-5c0f-9b1e-2f3c9a7e4d33' })
  id: string;

  @ApiProperty({ enum: TRANSFER_KINDS, example: 'transfer' })
  kind: TransferKind;

  @ApiProperty({
    enum: TRANSFER_STATUSES,
    description: '`pending` ends as one of the others, and they are for ever.',
    example: 'completed',
  })
  status: TransferStatus;

  @ApiProperty({
    type: String,
    enum: REFUSAL_REASONS,
    nullable: true,
    description: 'Why it failed; no money moved then.',
    example: null,
  })
  reason: RefusalReason | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null where it is not yours.',
    example: 'c07df4a7-7a5d-5a3f-8f4e-0b7a0d5a2c11',
  })
  debitAccountId: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null where it is not yours.',
    example: null,
  })
  creditAccountId: string | null;

  @ApiProperty({ type: String, nullable: true, description: UNREAD, example: EXAMPLE_NUMBER })
  creditAccountNumber: string | null;

  @ApiProperty({ type: MoneyDto, nullable: true, description: `What leaves. ${UNREAD}` })
  instructedAmount: MoneyDto | null;

  @ApiProperty({
    type: ConvertedTransferResource,
    nullable: true,
    description: 'Where the currency changes: what arrives, and the price. Null for a plain transfer.',
    example: null,
  })
  conversion: ConvertedTransferResource | null;

  @ApiProperty({ type: String, nullable: true, example: 'Rent for March' })
  reference: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'INVOICE-2026-0042' })
  endToEndId: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  requestedAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T09:30:00.012Z' })
  settledAt: string | null;
}

export class TransferPage {
  @ApiProperty({ type: [TransferResource] })
  data: TransferResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null on the last.',
    example: null,
  })
  nextCursor: string | null;
}

const STEP_TYPES = ['requested', 'accepted', 'forwarded', 'reforwarded', 'completed', 'refused'] as const;
const STEP_SERVICES = ['gateway', 'currency-converter', 'transaction-manager', 'transaction'] as const;

export class TransferStepResource implements TransferStep {
  @ApiProperty({ enum: STEP_TYPES, example: 'completed' })
  type: TransferStep['type'];

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.012Z' })
  at: string;

  @ApiProperty({ enum: STEP_SERVICES, example: 'transaction' })
  service: TransferStep['service'];

  @ApiProperty({ type: String, nullable: true, example: null })
  detail: string | null;
}

export class TransferStepList {
  @ApiProperty({ type: [TransferStepResource] })
  data: TransferStepResource[];
}
