import { isAccountNumber, normaliseAccountNumber, REFERENCE } from '@kopeck/contracts';
import type { FieldFault } from '../../components/field-fault.js';
import type { Formats } from '../../language/formats.js';
import { readTypedAmount } from '../../language/typed-amount.js';
import type { Words } from '../../language/words.js';
import type { Draft } from '../../visits/form-drafts.js';
import { amountFaultText } from '../amount-fault.js';

export const MAX_REFERENCE_LENGTH = 140;

/** What an operator typed, and the key under which it is booked once. */
export interface TypedDeposit {
  readonly number: string;
  readonly amount: string;
  readonly reference: string;
  readonly key: string;
}

export function draftOf({ number, amount, reference, key }: TypedDeposit): Draft {
  return { number, amount, reference, key };
}

/** What can be said before anybody was asked whose account it is: the amount waits for the account's currency. */
export function faultsOfDeposit({ number, amount, reference }: TypedDeposit, words: Words): FieldFault[] {
  const text = words.operatorDeposits;
  const isNumber = isAccountNumber(normaliseAccountNumber(number));
  const isReference = reference.length <= MAX_REFERENCE_LENGTH && REFERENCE.test(reference);
  return [
    ...(isNumber ? [] : [{ field: 'number', text: words.operatorAccounts.numberWrong }]),
    ...(amount === '' ? [{ field: 'amount', text: words.form.amount.missing }] : []),
    ...(isReference ? [] : [{ field: 'reference', text: text.referenceWrong }]),
  ];
}

/** @returns the amount in minor units of the account's currency, or what is wrong with it. */
export function amountOfDeposit(
  { amount }: TypedDeposit,
  currency: string,
  { words, formats }: { readonly words: Words; readonly formats: Formats },
): { readonly amountMinor: bigint } | { readonly faults: readonly FieldFault[] } {
  const read = readTypedAmount(amount, currency);
  if (read.ok) return { amountMinor: read.amountMinor };
  const text = amountFaultText(read.fault, amount, currency, { words, formats });
  return { faults: [{ field: 'amount', text }] };
}
