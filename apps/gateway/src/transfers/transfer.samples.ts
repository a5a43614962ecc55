import { randomUUID } from 'node:crypto';
import {
  accountNumberOf,
  type TransferRequest,
  type TransferResult,
  type TransferView,
} from '@kopeck/contracts';

/** Requests, results and views for tests, whole and consistent with each other. */
export function requestOf(facts: Partial<TransferRequest>): TransferRequest {
  return {
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId: randomUUID(),
    kind: 'transfer',
    debitAccountId: randomUUID(),
    creditAccountNumber: accountNumberOf(12_345_678n),
    amountMinor: '1230',
    currency: 'EUR',
    reference: undefined,
    endToEndId: undefined,
    requestedAt: '2026-03-01T09:30:00.000Z',
    ...facts,
  };
}

export function resultOf(request: TransferRequest, facts: Partial<TransferResult> = {}): TransferResult {
  return {
    ...request,
    reference: request.reference ?? null,
    endToEndId: request.endToEndId ?? null,
    status: 'completed',
    reason: null,
    creditAccountId: '99999999-9999-4999-8999-999999999999',
    creditCustomerId: '88888888-8888-4888-8888-888888888888',
    decidedAt: '2026-03-01T09:30:00.012Z',
    entries: [],
    chain: null,
    ...facts,
  };
}

export function viewOf(result: TransferResult): TransferView {
  return {
    ...result,
    conversion: null,
    direction: result.creditCustomerId === result.customerId ? 'internal' : 'outgoing',
    settledAt: result.decidedAt,
  };
}
