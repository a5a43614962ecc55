import type { EntryView } from '@kopeck/contracts';
import { amountOf } from '../../../transfers/amount.js';
import { Empty } from '../../components/empty.js';
import { Moment } from '../../components/moment.js';
import { Money } from '../../components/money.js';
import { Records, type RecordColumn } from '../../components/records.js';
import { useVisit } from '../../rendering/visit-context.js';
import { AccountNumber } from '../account-number.js';

/** What was posted last, each with its transaction. */
export function LastEntries({ entries }: { readonly entries: readonly EntryView[] }) {
  const { words } = useVisit();
  const text = words.operatorAccounts;
  if (entries.length === 0) return <Empty title={text.noEntries} />;
  const columns: RecordColumn<EntryView>[] = [
    {
      name: text.postedAt,
      cell: ({ transferId, postedAt }) => (
        <a href={`/operator/transactions/${transferId}`}>
          <Moment at={postedAt} />
        </a>
      ),
    },
    { name: text.what, cell: (entry) => <What entry={entry} /> },
    {
      name: text.amount,
      isNumber: true,
      cell: ({ amountMinor, currency }) => <Money amount={amountOf(amountMinor, currency)} isMovement />,
    },
    {
      name: text.balanceAfter,
      isNumber: true,
      cell: ({ balanceAfterMinor, currency }) => <Money amount={amountOf(balanceAfterMinor, currency)} />,
    },
  ];
  return (
    <Records
      caption={text.lastEntries}
      columns={columns}
      rows={entries}
      keyOf={({ accountVersion }) => accountVersion}
    />
  );
}

function What({ entry: { kind, counterpartyNumber, reference } }: { readonly entry: EntryView }) {
  const { words } = useVisit();
  return (
    <>
      {words.operatorTransactions.kinds[kind]}
      {counterpartyNumber !== null && (
        <div class="note">
          <AccountNumber number={counterpartyNumber} />
        </div>
      )}
      {reference !== null && <div class="note">{reference}</div>}
    </>
  );
}
