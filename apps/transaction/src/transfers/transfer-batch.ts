import type { EntryPosted, TransferResult } from '@kopeck/contracts';
import type { AccountBook, ChangedAccount } from './account-book.js';
import { headOf, link, type ChainHead, type LinkedResult, type UnlinkedResult } from './chain.js';
import type { Instruction } from './instruction.js';
import type { LedgerAccount } from './ledger-account.js';
import { decide, type Decision, type Entry } from './transfer.js';

/** An instruction and the chain that its decision belongs to: the partition it came on. */
export interface ChainedInstruction {
  readonly chain: number;
  readonly instruction: Instruction;
}

/** What is known at the moment of deciding. */
export interface LedgerState {
  readonly book: AccountBook;
  /** Transfers decided before, by id. */
  readonly decided: ReadonlyMap<string, TransferResult>;
  /** Heads of all chains of the batch. */
  readonly heads: ReadonlyMap<number, ChainHead>;
  /** RFC 3339 with milliseconds, from the database's clock: one clock for all replicas. */
  readonly now: string;
}

export interface BatchDecision {
  /** One for each instruction, in order; a repeat's is the one stored. */
  readonly results: readonly TransferResult[];
  /** Those decided just now: what is to be stored. */
  readonly fresh: readonly LinkedResult[];
  readonly changedAccounts: readonly ChangedAccount[];
  /** Chains that got longer, each with the head it had and the head it has. */
  readonly movedHeads: readonly { readonly before: ChainHead; readonly after: ChainHead }[];
}

/** Decides a batch in the order of arrival, in memory. An id that has been decided, ever, keeps its result. */
export function decideBatch(
  instructions: readonly ChainedInstruction[],
  { book, decided, heads, now }: LedgerState,
): BatchDecision {
  const known = new Map(decided);
  const headNow = new Map(heads);
  const fresh: LinkedResult[] = [];
  for (const { chain, instruction } of instructions) {
    if (known.has(instruction.transferId)) continue;
    const result = link(headNow.get(chain)!, decideOne(instruction, book, now));
    headNow.set(chain, headOf(result));
    known.set(result.transferId, result);
    fresh.push(result);
  }
  return {
    results: instructions.map(({ instruction }) => known.get(instruction.transferId)!),
    fresh,
    changedAccounts: book.changed,
    movedHeads: [...heads.values()]
      .map((before) => ({ before, after: headNow.get(before.chain)! }))
      .filter(({ before, after }) => after !== before),
  };
}

function decideOne(instruction: Instruction, book: AccountBook, now: string): UnlinkedResult {
  const credit = book.byNumber(instruction.creditAccountNumber);
  const accountOf = (accountId: string) => book.byId(accountId);
  const decision = decide(instruction, accountOf(instruction.debitAccountId), credit, accountOf);
  if (decision.status === 'completed') book.post(decision.entries);
  return resultOf(instruction, decision, credit, now);
}

function resultOf(
  instruction: Instruction,
  decision: Decision,
  credit: LedgerAccount | undefined,
  decidedAt: string,
): UnlinkedResult {
  return {
    transferId: instruction.transferId,
    requestId: instruction.requestId,
    customerId: instruction.customerId,
    kind: instruction.kind,
    status: decision.status,
    reason: decision.status === 'failed' ? decision.reason : null,
    debitAccountId: instruction.debitAccountId,
    creditAccountNumber: instruction.creditAccountNumber,
    creditAccountId: credit?.accountId ?? null,
    creditCustomerId: credit?.customerId ?? null,
    amountMinor: instruction.amountMinor.toString(),
    currency: instruction.currency,
    reference: instruction.reference,
    endToEndId: instruction.endToEndId,
    requestedAt: instruction.requestedAt,
    decidedAt,
    ...(instruction.conversion && { conversion: instruction.conversion }),
    entries: decision.status === 'completed' ? decision.entries.map(entryPosted) : [],
  };
}

function entryPosted({ amountMinor, accountAfter: account }: Entry): EntryPosted {
  return {
    accountId: account.accountId,
    accountNumber: account.number,
    customerId: account.customerId,
    currency: account.currency,
    amountMinor: amountMinor.toString(),
    balanceAfterMinor: account.balanceMinor.toString(),
    accountVersion: account.version.toString(),
  };
}
