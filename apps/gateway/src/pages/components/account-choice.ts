import { formatAmount, type AccountView } from '@kopeck/contracts';
import type { Formats } from '../language/formats.js';
import type { Choice } from './field.js';

/** An account as it stands in a list to choose from: its name, and what is in it. */
export function accountChoice(account: AccountView, formats: Formats): Choice {
  const balance = {
    amount: formatAmount(BigInt(account.balanceMinor), account.currency),
    currency: account.currency,
  };
  return { value: account.accountId, text: `${account.name} · ${formats.amount(balance)}` };
}
