import {
  TOPICS,
  type ErrorCode,
  type TransferKind,
  type TransferRequest,
  type TransferOutcome,
  type TransferView,
} from '@kopeck/contracts';
import { isSamePayload } from './transfer.js';

/** One attempt at one transfer: what is put on Kafka for it, and how its own result is told from another's. */
export interface Attempt {
  /** Name-based on customer and key: attempts at the same transfer share it. */
  readonly transferId: string;
  readonly requestId: string;
  readonly customerId: string;
  readonly kind: TransferKind;
  readonly message: { readonly topic: string; readonly key: string; readonly type: string };
  readonly value: object;
  /** Whether what is stored is of this very request, or of another one made under the same key. */
  isOf(stored: TransferOutcome | TransferView): boolean;
}

/** What the transaction-manager or a service before it says to one attempt only, with the problem's code. */
export interface Rejection {
  readonly code: Extract<ErrorCode, 'idempotency_key_reused' | 'quote_not_found'>;
  readonly detail: string;
}

export function attemptAtTransfer(request: TransferRequest): Attempt {
  const { transferId, requestId, customerId, kind, debitAccountId } = request;
  return {
    transferId,
    requestId,
    customerId,
    kind,
    message: {
      topic: TOPICS.transferRequests.name,
      key: debitAccountId,
      type: 'kopeck.transfer.requested.v1',
    },
    value: request,
    isOf: (stored) => isSamePayload(request, stored),
  };
}
