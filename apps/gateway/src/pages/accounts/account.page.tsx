import type { AccountView, BalanceAt, EntryView, Page } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Facts } from '../components/facts.js';
import type { FieldFault } from '../components/field-fault.js';
import { TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Money } from '../components/money.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import type { ChartPeriod } from './balance-chart.js';
import { BalanceChart } from './balance-chart.part.js';
import type { HistoryFilter } from './history-filter.js';
import { History } from './history.part.js';

export interface AccountPageProps {
  readonly account: AccountView;
  readonly entries: Page<EntryView>;
  readonly filter: HistoryFilter;
  readonly isContinued: boolean;
  readonly period: ChartPeriod;
  /** Undefined while they are not to be had. */
  readonly balances: readonly BalanceAt[] | undefined;
  readonly faults?: readonly FieldFault[];
  /** What was typed as the new name, where that came back. */
  readonly typedName?: string;
}

export function AccountPage(props: AccountPageProps) {
  const { words, formats } = useVisit();
  const { account, faults } = props;
  const { accountId, name, number, currency, balanceMinor, status, statusReason, openedAt } = account;
  const isActive = status === 'active';
  return (
    <Shell
      title={name}
      back={{ href: '/', text: words.dashboard.title }}
      hasErrors={faults !== undefined && faults.length > 0}
    >
      <ErrorSummary faults={faults} />
      <div class="stack">
        <Money amount={amountOf(balanceMinor, currency)} size="huge" balanceOf={account} />
        {!isActive && <Notice>{words.accounts.frozenText(statusReason ?? '')}</Notice>}
        {isActive && (
          <p class="actions">
            <a class="button" href={`/send?from=${accountId}`}>
              {words.accounts.send}
            </a>
            <a class="button button--second" href={`/convert?from=${accountId}`}>
              {words.accounts.convert}
            </a>
          </p>
        )}
      </div>
      <Facts
        facts={[
          { name: words.accounts.number, value: <span class="number">{formats.accountNumber(number)}</span> },
          { name: words.accounts.openedAt, value: formats.day(openedAt) },
        ]}
      />
      <BalanceChart {...props} />
      <History {...props} />
      <Rename {...props} />
    </Shell>
  );
}

function Rename({ account, faults, typedName }: AccountPageProps) {
  const { words } = useVisit();
  return (
    <details class="screen" open={typedName !== undefined}>
      <summary>{words.accounts.rename}</summary>
      <Form
        action={`/accounts/${account.accountId}/name`}
        class="form"
        hidden={{ revision: account.revision }}
      >
        <TextField
          name="name"
          label={words.accounts.name}
          hint={words.accounts.nameHint}
          value={typedName ?? account.name}
          faults={faults}
          input={{ maxLength: 60, autocomplete: 'off' }}
        />
        <p class="actions">
          <button class="button button--second" type="submit">
            {words.accounts.renameAction}
          </button>
        </p>
      </Form>
    </details>
  );
}
