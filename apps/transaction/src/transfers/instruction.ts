import type { ConversionTerms, RefusalReason, TransferCommand, TransferKind } from '@kopeck/contracts';

/** A command in one form only: whatever a sender may write in two ways is written in one here, and so is what's hashed. */
export interface Instruction {
  readonly transferId: string;
  readonly requestId: string;
  readonly customerId: string;
  readonly kind: TransferKind;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  /** RFC 3339 with milliseconds, as the database keeps it. */
  readonly requestedAt: string;
  /** Only of a conversion. */
  readonly conversion: ConversionTerms | null;
  /** What a service before the ledger refused it for; such a command has no business here, and moves nothing. */
  readonly refusal: RefusalReason | null;
}

export function instructionOf(command: TransferCommand): Instruction {
  return {
    transferId: command.transferId.toLowerCase(),
    requestId: command.requestId.toLowerCase(),
    customerId: command.customerId.toLowerCase(),
    kind: command.kind,
    debitAccountId: command.debitAccountId.toLowerCase(),
    creditAccountNumber: command.creditAccountNumber,
    amountMinor: BigInt(command.amountMinor),
    currency: command.currency,
    reference: command.reference ?? null,
    endToEndId: command.endToEndId ?? null,
    requestedAt: new Date(command.requestedAt).toISOString(),
    conversion: command.kind === 'conversion' ? (command.conversion ?? null) : null,
    refusal: command.refusal ?? null,
  };
}
