import {
  systemAccountIdOf,
  type RefusalReason,
  type TransferRequest,
  type TransferResult,
} from '@kopeck/contracts';
import type { AccountFacts, KnownAccounts } from '../accounts/account-facts.js';

/** What a rule may look at. */
export interface Circumstances {
  /** Undefined when the copy doesn't know the account: then the ledger decides. */
  readonly debit: AccountFacts | undefined;
  readonly credit: AccountFacts | undefined;
  /** The most a customer may send at once. */
  readonly limitMinor: bigint;
}

/** A reason to refuse, or undefined to let pass. */
export type Rule = (request: TransferRequest, circumstances: Circumstances) => RefusalReason | undefined;

/**
 * Asked in this order; the first refusal wins. Rules refuse by what can't have changed since the copy was made: whose an
 * account is, its currency. Status and funds are the ledger's to judge.
 */
export const RULES: readonly Rule[] = [
  wasRefusedBefore,
  debitsOwnAccount,
  creditsAnotherAccount,
  hasAccountsCurrency,
  isWithinLimit,
];

export function refusalOf(request: TransferRequest, circumstances: Circumstances): RefusalReason | undefined {
  for (const rule of RULES) {
    const reason = rule(request, circumstances);
    if (reason) return reason;
  }
  return undefined;
}

/** By a service on the way, such as the converter when a quote has expired. */
function wasRefusedBefore({ refusal }: TransferRequest): RefusalReason | undefined {
  return refusal;
}

/** Somebody else's account is answered like one that doesn't exist. */
function debitsOwnAccount(request: TransferRequest, { debit }: Circumstances): RefusalReason | undefined {
  if (!debit) return undefined;
  const may =
    request.kind === 'cash_deposit'
      ? debit.accountId === systemAccountIdOf('cash', request.currency)
      : debit.kind === 'customer' && debit.customerId === request.customerId;
  return may ? undefined : 'account_not_found';
}

function creditsAnotherAccount(
  request: TransferRequest,
  { debit }: Circumstances,
): RefusalReason | undefined {
  return debit?.number === request.creditAccountNumber ? 'same_account' : undefined;
}

function hasAccountsCurrency(
  request: TransferRequest,
  { debit, credit }: Circumstances,
): RefusalReason | undefined {
  const { currency, conversion } = request;
  const differs =
    (debit && debit.currency !== currency) ||
    (credit && credit.currency !== (conversion?.buyCurrency ?? currency));
  return differs ? 'currency_mismatch' : undefined;
}

function isWithinLimit(request: TransferRequest, { limitMinor }: Circumstances): RefusalReason | undefined {
  return request.kind !== 'cash_deposit' && BigInt(request.amountMinor) > limitMinor
    ? 'limit_exceeded'
    : undefined;
}

export function circumstancesOf(
  request: TransferRequest,
  known: KnownAccounts,
  limitMinor: bigint,
): Circumstances {
  return {
    debit: known.byId(request.debitAccountId.toLowerCase()),
    credit: known.byNumber(request.creditAccountNumber),
    limitMinor,
  };
}

/** A refusal as everybody will read it. The ledger never saw it, so it has no place in its chain. */
export function refusedResultOf(
  request: TransferRequest,
  reason: RefusalReason,
  decidedAt: Date,
): TransferResult {
  return {
    transferId: request.transferId,
    requestId: request.requestId,
    customerId: request.customerId,
    kind: request.kind,
    status: 'failed',
    reason,
    debitAccountId: request.debitAccountId,
    creditAccountNumber: request.creditAccountNumber,
    creditAccountId: null,
    creditCustomerId: null,
    amountMinor: request.amountMinor,
    currency: request.currency,
    reference: request.reference ?? null,
    endToEndId: request.endToEndId ?? null,
    requestedAt: request.requestedAt,
    decidedAt: decidedAt.toISOString(),
    ...(request.conversion && { conversion: request.conversion }),
    entries: [],
    chain: null,
  };
}
