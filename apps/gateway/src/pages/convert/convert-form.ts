import { formatAmount, type AccountView, type QuoteSide } from '@kopeck/contracts';
import type { Amount } from '../../transfers/amount.js';
import type { FieldFault } from '../components/field-fault.js';
import { amountFaultWords } from '../language/amount-words.js';
import { readTypedAmount } from '../language/typed-amount.js';
import type { Visit } from '../visits/visit.js';

/** What somebody typed; kept as it is while it isn't right. */
export interface TypedConversion {
  /** Ids of accounts. */
  readonly from: string;
  readonly to: string;
  readonly side: string;
  readonly amount: string;
}

/** A price that can be asked for. */
export interface AskedPrice {
  readonly debit: AccountView;
  readonly credit: AccountView;
  /** Which of the two amounts is the given one. */
  readonly side: QuoteSide;
  readonly amount: Amount;
}

export type ConvertFormOutcome =
  | { readonly ok: true; readonly asked: AskedPrice }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** Reads the form as far as it can be judged here. What the converter and the ledger refuse is theirs to say. */
export function readConvertForm(
  typed: TypedConversion,
  accounts: readonly AccountView[],
  visit: Pick<Visit, 'words' | 'formats'>,
): ConvertFormOutcome {
  const { words, formats } = visit;
  const faults: FieldFault[] = [];
  const wrong = (field: keyof TypedConversion, text: string) => faults.push({ field, text });
  const [debit, credit] = [typed.from, typed.to].map((id) =>
    accounts.find(({ accountId }) => accountId === id),
  );
  const side: QuoteSide = typed.side === 'buy' ? 'buy' : 'sell';
  if (!debit) wrong('from', words.convert.fromWrong);
  else if (debit.status === 'frozen') wrong('from', words.send.frozen);
  if (!credit || credit === debit) wrong('to', words.convert.toWrong);
  else if (credit.currency === debit?.currency) wrong('to', words.convert.sameCurrency);
  const currency = (side === 'sell' ? debit : credit)?.currency;
  const amount = readTypedAmount(typed.amount, currency ?? 'EUR');
  if (!amount.ok) {
    // Without its account nobody knows how many decimals it may have.
    if (currency !== undefined || amount.fault === 'missing')
      wrong('amount', amountFaultWords(amount.fault, typed.amount, currency ?? 'EUR', visit));
  } else if (
    side === 'sell' &&
    debit?.status === 'active' &&
    amount.amountMinor > BigInt(debit.balanceMinor)
  ) {
    wrong('amount', words.transfer.available(formats.amountOfMinor(debit.balanceMinor, debit.currency)));
  }
  if (faults.length > 0 || !debit || !credit || currency === undefined || !amount.ok)
    return { ok: false, faults };
  const given = { amount: formatAmount(amount.amountMinor, currency), currency };
  return { ok: true, asked: { debit, credit, side, amount: given } };
}
