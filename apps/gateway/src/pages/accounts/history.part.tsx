import type { AccountView, EntryView, Page } from '@kopeck/contracts';
import { ENTRY_DIRECTIONS } from '@kopeck/contracts';
import { Empty } from '../components/empty.js';
import type { FieldFault } from '../components/field-fault.js';
import { SelectField, TextField } from '../components/field.js';
import { PostedMovements } from '../components/movements.js';
import { NextPage } from '../components/next-page.js';
import { useVisit } from '../rendering/visit-context.js';
import { movementOfEntry } from '../transfers/transfer-movement.js';
import { isOpen, queryOf, type HistoryFilter } from './history-filter.js';

export interface HistoryProps {
  readonly account: AccountView;
  readonly entries: Page<EntryView>;
  readonly filter: HistoryFilter;
  readonly isContinued: boolean;
  readonly faults?: readonly FieldFault[];
}

/** An account's movements with the balance after each; what is shown of them stands in the address. */
export function History({ account, entries, filter, isContinued, faults }: HistoryProps) {
  const visit = useVisit();
  const { words } = visit;
  const path = `/accounts/${account.accountId}`;
  const isEmpty = entries.data.length === 0;
  const hasFilters = !isOpen(filter);
  return (
    <section class="stack" aria-labelledby="history" data-region="history">
      <div class="head">
        <h2 id="history">{words.accounts.history}</h2>
        {!isEmpty && <a href={`${path}/entries.csv${queryOf(filter)}`}>{words.accounts.csv}</a>}
      </div>
      {(!isEmpty || hasFilters) && <Filters path={path} filter={filter} faults={faults} />}
      {isEmpty && (
        <Empty title={hasFilters ? words.accounts.nothingFound : words.dashboard.nothingYet}>
          <p>{hasFilters ? words.accounts.nothingFoundText : words.dashboard.nothingYetText}</p>
        </Empty>
      )}
      {!isEmpty && (
        <PostedMovements
          caption={words.accounts.history}
          movements={entries.data.map((entry) => movementOfEntry(account.accountId, entry, visit))}
        />
      )}
      <NextPage nextCursor={entries.nextCursor} isContinued={isContinued} first={path + queryOf(filter)} />
    </section>
  );
}

interface FiltersProps {
  readonly path: string;
  readonly filter: HistoryFilter;
  readonly faults?: readonly FieldFault[];
}

function Filters({ path, filter, faults }: FiltersProps) {
  const { words } = useVisit();
  const { accounts } = words;
  const directions = (['all', ...ENTRY_DIRECTIONS] as const).map((value) => ({
    value,
    text: accounts.directions[value],
  }));
  return (
    <form method="get" action={path} class="row screen" noValidate>
      <TextField
        name="search"
        label={accounts.search}
        type="search"
        value={filter.search}
        input={{ maxLength: 100, autocomplete: 'off' }}
      />
      <TextField name="from" label={accounts.from} type="date" value={filter.from} faults={faults} />
      <TextField name="until" label={accounts.until} type="date" value={filter.until} faults={faults} />
      <SelectField
        name="direction"
        label={accounts.direction}
        value={filter.direction}
        choices={directions}
      />
      <p class="actions">
        <button class="button button--second" type="submit">
          {accounts.filter}
        </button>
        {!isOpen(filter) && <a href={path}>{accounts.clear}</a>}
      </p>
    </form>
  );
}
