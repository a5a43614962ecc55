import { TRANSFER_STATUSES, type TransferStatus } from '@kopeck/contracts';
import type { FieldFault } from '../../components/field-fault.js';
import type { Words } from '../../language/words.js';

const YEAR_SECONDS = 86_400 * 365;
const SECONDS = /^\d{1,8}$/;

/** What the address of the list asks for, as it was typed. */
export interface TransactionFilter {
  readonly status?: TransferStatus;
  readonly pendingForSeconds?: number;
  readonly typedSeconds: string;
  readonly faults: readonly FieldFault[];
}

/** A status that there isn't counts as none: somebody has changed the address by hand. */
export function transactionFilterOf(
  query: Readonly<Record<string, unknown>>,
  words: Words,
): TransactionFilter {
  const status = TRANSFER_STATUSES.find((known) => known === query['status']);
  const seconds = query['pendingForSeconds'];
  const typedSeconds = typeof seconds === 'string' ? seconds.trim().slice(0, 20) : '';
  if (typedSeconds === '') return { status, typedSeconds, faults: [] };
  if (!SECONDS.test(typedSeconds) || Number(typedSeconds) > YEAR_SECONDS) {
    const fault = { field: 'pendingForSeconds', text: words.operatorTransactions.secondsWrong };
    return { status, typedSeconds, faults: [fault] };
  }
  return { status, pendingForSeconds: Number(typedSeconds), typedSeconds, faults: [] };
}

/** The first page of the same list. */
export function addressOfFilter({ status, typedSeconds }: TransactionFilter): string {
  const parameters = new URLSearchParams({
    ...(status && { status }),
    ...(typedSeconds && { pendingForSeconds: typedSeconds }),
  });
  return parameters.size > 0 ? `/operator/transactions?${parameters}` : '/operator/transactions';
}
