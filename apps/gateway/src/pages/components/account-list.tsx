import type { AccountView, BalanceAt } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import { chartPointsOf } from '../accounts/balance-chart.js';
import { useVisit } from '../rendering/visit-context.js';
import { Sparkline } from './line-chart.js';
import { Money } from './money.js';
import { Status } from './status.js';

export interface AccountListProps {
  readonly accounts: readonly AccountView[];
  readonly courses?: ReadonlyMap<string, readonly BalanceAt[]>;
}

/** Accounts with what is in them, and how that came about. */
export function AccountList({ accounts, courses }: AccountListProps) {
  const { words, formats } = useVisit();
  return (
    <ul class="accounts">
      {accounts.map((account) => {
        const { accountId, name, number, currency, status, balanceMinor } = account;
        return (
          <li key={accountId}>
            <a class="accounts__name" href={`/accounts/${accountId}`}>
              {name}
            </a>
            <span class="note">{formats.accountNumber(number)}</span>
            {status === 'frozen' && <Status mood="bad">{words.accounts.frozen}</Status>}
            <Money amount={amountOf(balanceMinor, currency)} size="large" balanceOf={account} />
            <Sparkline points={chartPointsOf(courses?.get(accountId) ?? [], currency)} />
          </li>
        );
      })}
    </ul>
  );
}
