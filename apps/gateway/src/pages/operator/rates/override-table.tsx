import type { RateOverrideView } from '@kopeck/contracts';
import { Form } from '../../components/form.js';
import { Moment } from '../../components/moment.js';
import { Records, type RecordColumn } from '../../components/records.js';
import { useVisit } from '../../rendering/visit-context.js';
import type { Person } from '../people.service.js';

export interface OverrideTableProps {
  readonly overrides: readonly RateOverrideView[];
  readonly people: ReadonlyMap<string, Person>;
}

/** What operators have set by hand and still holds. */
export function OverrideTable({ overrides, people }: OverrideTableProps) {
  const { words, formats } = useVisit();
  const text = words.operatorRates;
  if (overrides.length === 0) return <p class="note">{text.noOverrides}</p>;
  const columns: RecordColumn<RateOverrideView>[] = [
    { name: text.currency, cell: ({ currency }) => currency },
    { name: text.rate, isNumber: true, cell: ({ rate }) => formats.rate(rate) },
    { name: text.until, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
    {
      name: words.operator.reason,
      cell: ({ reason, operatorId, createdAt }) => (
        <>
          {reason}
          <div class="note">
            {people.get(operatorId)?.name ?? operatorId}
            {', '}
            <Moment at={createdAt} />
          </div>
        </>
      ),
    },
    {
      name: text.end,
      isBare: true,
      cell: ({ overrideId, currency }) => (
        <Form action={`/operator/rates/overrides/${overrideId}/end`}>
          <button class="quiet" type="submit">
            {text.end} <span class="unseen">{currency}</span>
          </button>
        </Form>
      ),
    },
  ];
  return (
    <Records
      caption={text.overrides}
      hidesCaption={false}
      columns={columns}
      rows={overrides}
      keyOf={({ overrideId }) => overrideId}
    />
  );
}
