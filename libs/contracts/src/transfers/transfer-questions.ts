import type { Quote } from '../conversions/quote.js';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { question, type Page, type Refusal } from '../messages/question.js';
import { TOPICS } from '../topics.js';
import type { RefusalReason } from '../errors/error-codes.js';
import type { TransferKind } from './transfer-request.js';

export const TRANSFER_STATUSES = ['pending', 'completed', 'failed'] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];

/** A transfer as its parties see it; `direction` is from the asking customer's side. */
export interface TransferView {
  readonly transferId: string;
  readonly kind: TransferKind;
  readonly status: TransferStatus;
  readonly reason: RefusalReason | null;
  readonly direction: 'outgoing' | 'incoming' | 'internal';
  readonly debitAccountId: string | null;
  readonly creditAccountId: string | null;
  readonly creditAccountNumber: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  /** For a conversion; the recipient sees what arrives and at what rate, not the sender's quote. */
  readonly conversion: ConversionView | null;
  readonly requestedAt: string;
  readonly settledAt: string | null;
  /** The attempt that started it, for telling a replay; null for the receiving side. */
  readonly requestId: string | null;
}

export interface ConversionView {
  readonly buyCurrency: string;
  readonly buyMinor: string;
  /** Units of the bought currency for one unit of the sold one, as agreed on. */
  readonly rate: string;
  /** Null for the receiving side. */
  readonly quote: Quote | null;
}

/** One step of a transfer's way through the services. */
export interface TransferStep {
  readonly type: 'requested' | 'accepted' | 'forwarded' | 'reforwarded' | 'completed' | 'refused';
  readonly at: string;
  readonly service: 'gateway' | 'currency-converter' | 'transaction-manager' | 'transaction';
  readonly detail: string | null;
}

export class ReadTransfer {
  @IsUUID() transferId: string;
  /** Absent when an operator asks: operators see every transfer. */
  @IsOptional() @IsUUID() customerId?: string;
}

export class ListTransfers {
  @IsOptional() @IsUUID() customerId?: string;
  @IsOptional() @IsIn(TRANSFER_STATUSES) status?: TransferStatus;
  /** Only what has been pending for longer than this (operators). */
  @IsOptional() @IsInt() @Min(0) @Max(86_400 * 365) pendingForSeconds?: number;
  @IsInt() @Min(1) @Max(200) limit: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

const TOPIC = TOPICS.transferQuestions.name;

export const TRANSFER_QUESTIONS = {
  read: question<ReadTransfer, TransferView | Refusal>(TOPIC, 'read', ReadTransfer),
  list: question<ListTransfers, Page<TransferView> | Refusal>(TOPIC, 'list', ListTransfers),
  steps: question<ReadTransfer, TransferStep[] | Refusal>(TOPIC, 'steps', ReadTransfer),
} as const;
