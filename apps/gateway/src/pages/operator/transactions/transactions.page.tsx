import { TRANSFER_STATUSES, type Page } from '@kopeck/contracts';
import type { Transfer } from '../../../transfers/transfer.js';
import { Empty } from '../../components/empty.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { SelectField, TextField } from '../../components/field.js';
import { Filters } from '../../components/filters.js';
import { Moment } from '../../components/moment.js';
import { Money } from '../../components/money.js';
import { NextPage } from '../../components/next-page.js';
import { Records, type RecordColumn } from '../../components/records.js';
import { TransferStatusMark } from '../../components/status.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { AccountNumber } from '../account-number.js';
import { addressOfFilter, type TransactionFilter } from './transaction-filter.js';

export interface TransactionsPageProps {
  readonly filter: TransactionFilter;
  /** Absent where the filter can't be read. */
  readonly found?: Page<Transfer>;
  readonly isContinued?: boolean;
}

export function TransactionsPage({ filter, found, isContinued = false }: TransactionsPageProps) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  const { faults } = filter;
  return (
    <Shell title={text.title} hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <FilterForm filter={filter} />
      {found && found.data.length > 0 && <Found transfers={found.data} />}
      {found?.data.length === 0 && (
        <Empty title={text.none}>
          {addressOfFilter(filter) !== '/operator/transactions' && (
            <a href="/operator/transactions">{text.showAll}</a>
          )}
        </Empty>
      )}
      {found && (
        <NextPage nextCursor={found.nextCursor} isContinued={isContinued} first={addressOfFilter(filter)} />
      )}
    </Shell>
  );
}

function FilterForm({ filter: { status, typedSeconds, faults } }: { readonly filter: TransactionFilter }) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  const choices = [
    { value: '', text: text.anyStatus },
    ...TRANSFER_STATUSES.map((value) => ({ value, text: words.transfer.statuses[value] })),
  ];
  return (
    <Filters action="/operator/transactions">
      <SelectField name="status" label={text.status} value={status} choices={choices} />
      <TextField
        name="pendingForSeconds"
        label={text.pendingFor}
        value={typedSeconds}
        unit={text.seconds}
        faults={faults}
        input={{ inputMode: 'numeric', autocomplete: 'off', maxLength: 8 }}
      />
    </Filters>
  );
}

function Found({ transfers }: { readonly transfers: readonly Transfer[] }) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  const columns: RecordColumn<Transfer>[] = [
    {
      name: text.requestedAt,
      cell: ({ id, requestedAt }) => (
        <a href={`/operator/transactions/${id}`}>
          <Moment at={requestedAt} />
        </a>
      ),
    },
    { name: text.kind, cell: ({ kind }) => text.kinds[kind] },
    {
      name: text.recipient,
      cell: ({ creditAccountNumber }) =>
        creditAccountNumber === null ? text.unknown : <AccountNumber number={creditAccountNumber} />,
    },
    { name: text.status, cell: (transfer) => <StatusCell transfer={transfer} /> },
    {
      name: text.amount,
      isNumber: true,
      cell: ({ instructedAmount, conversion }) => (
        <>
          {instructedAmount ? <Money amount={instructedAmount} /> : text.unknown}
          {conversion && (
            <div class="note">
              {'→ '}
              <Money amount={conversion.settledAmount} />
            </div>
          )}
        </>
      ),
    },
  ];
  return <Records caption={text.title} columns={columns} rows={transfers} keyOf={({ id }) => id} />;
}

function StatusCell({ transfer: { status, reason, requestedAt } }: { readonly transfer: Transfer }) {
  const { words, formats, nowMs } = useVisit();
  const text = words.operatorTransactions;
  return (
    <>
      <TransferStatusMark status={status} />
      {status === 'pending' && <div class="note">{text.since(formats.ago(requestedAt, nowMs))}</div>}
      {reason !== null && <div class="note">{text.reasons[reason]}</div>}
    </>
  );
}
