import {
  formatAmount,
  isAccountNumber,
  normaliseAccountNumber,
  REFERENCE,
  type AccountView,
} from '@kopeck/contracts';
import type { Amount } from '../../transfers/amount.js';
import type { FieldFault } from '../components/field-fault.js';
import { amountFaultWords } from '../language/amount-words.js';
import { readTypedAmount } from '../language/typed-amount.js';
import type { Visit } from '../visits/visit.js';

/** What somebody typed; kept as it is while it isn't right. */
export interface TypedTransfer {
  /** Id of an account. */
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly reference: string;
}

/** A transfer that can be checked by eye, and then sent. */
export interface CheckedTransfer {
  readonly debit: AccountView;
  readonly creditAccountNumber: string;
  readonly amount: Amount;
  readonly reference: string | undefined;
}

export type SendFormOutcome =
  | { readonly ok: true; readonly transfer: CheckedTransfer }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

const MAX_REFERENCE = 140;

/**
 * Reads the form as far as it can be judged here; the ledger has the last word on all of it. What it would refuse for
 * certain is said before anything is sent.
 */
export function readSendForm(
  typed: TypedTransfer,
  accounts: readonly AccountView[],
  { words, formats }: Pick<Visit, 'words' | 'formats'>,
): SendFormOutcome {
  const faults: FieldFault[] = [];
  const debit = accounts.find(({ accountId }) => accountId === typed.from);
  const creditAccountNumber = normaliseAccountNumber(typed.to);
  const wrong = (field: keyof TypedTransfer, text: string) => faults.push({ field, text });
  if (!debit) wrong('from', words.send.fromWrong);
  else if (debit.status === 'frozen') wrong('from', words.send.frozen);
  if (!isAccountNumber(creditAccountNumber)) wrong('to', words.send.toWrong);
  else if (creditAccountNumber === debit?.number) wrong('to', words.send.toItself);
  const currency = debit?.currency ?? 'EUR';
  const amount = readTypedAmount(typed.amount, currency);
  if (!amount.ok) {
    // Without its account nobody knows how many decimals it may have.
    const isKnown = debit !== undefined || amount.fault === 'missing';
    if (isKnown) wrong('amount', amountFaultWords(amount.fault, typed.amount, currency, { words, formats }));
  } else if (debit?.status === 'active' && amount.amountMinor > BigInt(debit.balanceMinor)) {
    wrong('amount', words.transfer.available(formats.amountOfMinor(debit.balanceMinor, currency)));
  }
  if (typed.reference.length > MAX_REFERENCE || !REFERENCE.test(typed.reference))
    wrong('reference', words.send.referenceWrong);
  if (faults.length > 0 || !debit || !amount.ok) return { ok: false, faults };
  return {
    ok: true,
    transfer: {
      debit,
      creditAccountNumber,
      amount: { amount: formatAmount(amount.amountMinor, currency), currency },
      reference: typed.reference || undefined,
    },
  };
}
