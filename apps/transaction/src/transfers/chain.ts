import { hash } from 'node:crypto';
import type { ChainLink, TransferResult } from '@kopeck/contracts';

/**
 * Every decision's hash covers the one before it, so nobody can change, drop or insert one without changing all that
 * follow. There is one chain for each partition of `transfers.commands`, because each has one writer at a time.
 */

/** Where a chain has got to. */
export interface ChainHead {
  readonly chain: number;
  /** How many decisions the chain has. */
  readonly sequence: bigint;
  readonly hash: string;
}

/** A decision before it is linked. */
export type UnlinkedResult = Omit<TransferResult, 'chain'>;

/** A decision of the ledger; those of the transaction-manager have no link. */
export type LinkedResult = TransferResult & { readonly chain: ChainLink };

/** What the first decision's hash covers: 32 zero bytes. */
export const GENESIS_HASH = Buffer.alloc(32).toString('base64url');

export function emptyChain(chain: number): ChainHead {
  return { chain, sequence: 0n, hash: GENESIS_HASH };
}

/** Appends a decision to its chain. The new head is `headOf` the result. */
export function link(head: ChainHead, result: UnlinkedResult): LinkedResult {
  const sequence = (head.sequence + 1n).toString();
  const unhashed = { chain: head.chain, sequence, previousHash: head.hash };
  const { chain, previousHash } = unhashed;
  return { ...result, chain: { chain, sequence, hash: hashOf(result, unhashed), previousHash } };
}

export function headOf({ chain: last }: LinkedResult): ChainHead {
  return { chain: last.chain, sequence: BigInt(last.sequence), hash: last.hash };
}

function hashOf(result: UnlinkedResult, place: Omit<ChainLink, 'hash'>): string {
  return hash('sha256', canonicalText(result, place), 'base64url');
}

/**
 * The text a hash is taken of: a JSON array of strings, numbers and nulls in a fixed order, without white space, in UTF-8
 * (as `JSON.stringify` of ECMA-262 writes it). Every field of a result is in it but the hash itself. The first element is
 * the text's version: version 2 has a conversion's terms with the whole quote at its end, as JSON in the order in which
 * they came; all other decisions have version 1.
 */
export function canonicalText(result: UnlinkedResult, place: Omit<ChainLink, 'hash'>): string {
  return JSON.stringify([
    result.conversion ? 'kopeck.transfer/2' : 'kopeck.transfer/1',
    place.previousHash,
    place.chain,
    place.sequence,
    result.transferId,
    result.requestId,
    result.customerId,
    result.kind,
    result.status,
    result.reason,
    result.debitAccountId,
    result.creditAccountNumber,
    result.creditAccountId,
    result.creditCustomerId,
    result.amountMinor,
    result.currency,
    result.reference,
    result.endToEndId,
    result.requestedAt,
    result.decidedAt,
    result.entries.map((entry) => [
      entry.accountId,
      entry.accountNumber,
      entry.customerId,
      entry.currency,
      entry.amountMinor,
      entry.balanceAfterMinor,
      entry.accountVersion,
    ]),
    ...(result.conversion ? [JSON.stringify(result.conversion)] : []),
  ]);
}

export type ChainCheck =
  | { readonly intact: true; readonly head: ChainHead }
  | { readonly intact: false; readonly sequence: string; readonly fault: string };

/**
 * Recomputes the hashes of a stretch of one chain.
 *
 * @param results in the chain's order, each once; the journal may hold repeats, which the reader leaves out
 * @param from the head before the first of them; by default the chain's beginning
 * @returns the head after the last, or the first fault
 */
export function verifyChain(results: Iterable<TransferResult>, from?: ChainHead): ChainCheck {
  let head = from;
  for (const result of results) {
    const { chain: place, ...unlinked } = result;
    if (!place) return broken('?', `transfer ${result.transferId} has no link`);
    head ??= emptyChain(place.chain);
    const fault = faultOf(head, unlinked, place);
    if (fault) return broken(place.sequence, fault);
    head = { chain: place.chain, sequence: BigInt(place.sequence), hash: place.hash };
  }
  return { intact: true, head: head ?? emptyChain(0) };
}

function faultOf(head: ChainHead, result: UnlinkedResult, place: ChainLink): string | null {
  if (place.chain !== head.chain) return `chain ${place.chain} stands in chain ${head.chain}`;
  if (place.sequence !== (head.sequence + 1n).toString()) {
    return `decision ${head.sequence + 1n} is missing: ${place.sequence} follows ${head.sequence}`;
  }
  if (place.previousHash !== head.hash) return 'the hash of the decision before is another one';
  return place.hash === hashOf(result, place) ? null : `transfer ${result.transferId} was changed`;
}

function broken(sequence: string, fault: string): ChainCheck {
  return { intact: false, sequence, fault };
}
