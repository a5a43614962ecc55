import type { HeldBulletin } from '@kopeck/contracts';
import { Records, type RecordColumn } from '../../components/records.js';
import { useVisit } from '../../rendering/visit-context.js';

type Jump = HeldBulletin['jumps'][number];

/** What moved too far to be believed, and by how much. */
export function JumpTable({ jumps }: { readonly jumps: readonly Jump[] }) {
  const { words, formats } = useVisit();
  const text = words.operatorRates;
  const columns: RecordColumn<Jump>[] = [
    { name: text.currency, cell: ({ currency }) => currency },
    { name: text.before, isNumber: true, cell: ({ oldRate }) => formats.rate(oldRate) },
    { name: text.after, isNumber: true, cell: ({ newRate }) => formats.rate(newRate) },
    {
      name: text.change,
      isNumber: true,
      // For reading only: nothing is priced with it.
      cell: ({ oldRate, newRate }) => formats.percent(Number(newRate) / Number(oldRate) - 1, true),
    },
  ];
  return <Records caption={text.jumps} columns={columns} rows={jumps} keyOf={({ currency }) => currency} />;
}
