import type {
  ConversionTerms,
  ConversionView,
  RefusalReason,
  TransferKind,
  TransferStatus,
  TransferStep,
  TransferView,
} from '@kopeck/contracts';

/** A row of the register, as far as people may see it. */
export interface RegisteredTransfer {
  readonly ordinal: string;
  readonly transferId: string;
  readonly requestId: string;
  readonly customerId: string;
  readonly creditCustomerId: string | null;
  readonly kind: TransferKind;
  readonly status: TransferStatus;
  readonly reason: RefusalReason | null;
  readonly debitAccountId: string;
  readonly creditAccountId: string | null;
  readonly creditAccountNumber: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  readonly requestedAt: Date;
  readonly conversion: ConversionTerms | null;
  readonly acceptedAt: Date;
  readonly settledAt: Date | null;
  readonly forwardCount: number;
  readonly isDecidedByLedger: boolean;
}

/** @param customerId who looks, in lower case; undefined for an operator, who sees all of it. */
export function viewOf(transfer: RegisteredTransfer, customerId: string | undefined): TransferView {
  const direction = directionOf(transfer, customerId);
  const isRecipient = direction === 'incoming';
  return {
    transferId: transfer.transferId,
    kind: transfer.kind,
    status: transfer.status,
    reason: transfer.reason,
    direction,
    // The recipient is told what came, not from which account or by which attempt.
    debitAccountId: isRecipient ? null : transfer.debitAccountId,
    creditAccountId: transfer.creditAccountId,
    creditAccountNumber: transfer.creditAccountNumber,
    amountMinor: transfer.amountMinor,
    currency: transfer.currency,
    reference: transfer.reference,
    endToEndId: transfer.endToEndId,
    conversion: transfer.conversion && conversionViewOf(transfer.conversion, isRecipient),
    requestedAt: transfer.requestedAt.toISOString(),
    settledAt: transfer.settledAt?.toISOString() ?? null,
    requestId: isRecipient ? null : transfer.requestId,
  };
}

/** The recipient sees what arrives and at what rate; how the sender came to it is the sender's. */
function conversionViewOf(
  { buyCurrency, buyMinor, quote }: ConversionTerms,
  isRecipient: boolean,
): ConversionView {
  return { buyCurrency, buyMinor, rate: quote.rate, quote: isRecipient ? null : quote };
}

function directionOf(
  transfer: RegisteredTransfer,
  customerId: string | undefined,
): TransferView['direction'] {
  if (customerId === undefined || transfer.customerId !== customerId) {
    return customerId === undefined ? 'outgoing' : 'incoming';
  }
  return transfer.creditCustomerId === customerId ? 'internal' : 'outgoing';
}

/** The transfer's way through the services, in order. Repeats beyond the remembered ones are told in the last one's detail. */
export function stepsOf(transfer: RegisteredTransfer, reforwardedAt: readonly Date[]): TransferStep[] {
  const manager = 'transaction-manager';
  const accepted = transfer.acceptedAt.toISOString();
  const steps: TransferStep[] = [
    { type: 'requested', at: transfer.requestedAt.toISOString(), service: 'gateway', detail: null },
    { type: 'accepted', at: accepted, service: manager, detail: null },
  ];
  if (transfer.forwardCount > 0)
    steps.push({ type: 'forwarded', at: accepted, service: manager, detail: null });
  const total = transfer.forwardCount - 1;
  reforwardedAt.forEach((at, index) => {
    const isCutShort = index === reforwardedAt.length - 1 && total > reforwardedAt.length;
    const detail = isCutShort ? `no result had come; sent again ${total} times in all` : 'no result had come';
    steps.push({ type: 'reforwarded', at: at.toISOString(), service: manager, detail });
  });
  if (transfer.settledAt) steps.push(lastStepOf(transfer, transfer.settledAt));
  return steps;
}

function lastStepOf(transfer: RegisteredTransfer, settledAt: Date): TransferStep {
  return {
    type: transfer.status === 'completed' ? 'completed' : 'refused',
    at: settledAt.toISOString(),
    service: transfer.isDecidedByLedger ? 'transaction' : 'transaction-manager',
    detail: transfer.reason,
  };
}
