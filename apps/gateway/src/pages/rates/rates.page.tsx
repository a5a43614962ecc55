import { OFFERED_CURRENCIES, type RateView } from '@kopeck/contracts';
import { DataTable } from '../components/data-table.js';
import { Empty } from '../components/empty.js';
import { RateOriginLine } from '../components/rate-origin.js';
import { Tabs } from '../components/tabs.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { RateChange } from './rate-change.part.js';

export interface RatesPageProps {
  /** In which currency prices are told. */
  readonly quote: string;
  /** Undefined while there are no current ones. */
  readonly rates: readonly RateView[] | undefined;
}

export function RatesPage({ quote, rates }: RatesPageProps) {
  const { words, formats } = useVisit();
  const tabs = OFFERED_CURRENCIES.map((code) => ({
    href: `/rates?quote=${code}`,
    text: code,
    isHere: code === quote,
  }));
  const [first] = rates ?? [];
  return (
    <Shell title={words.rates.title}>
      <div class="stack">
        <p class="lead">{words.rates.lead}</p>
        <Tabs label={words.rates.inCurrency} tabs={tabs} />
      </div>
      {rates && first ? (
        <div class="stack">
          <DataTable
            caption={`${words.rates.title}, ${quote}`}
            hidesCaption
            rows={rates}
            keyOf={({ base }) => base}
            columns={[
              { name: words.rates.currency, cell: CurrencyCell, isHeading: true },
              { name: words.rates.rate, cell: ({ rate }) => formats.rate(rate), isNumber: true },
              { name: words.rates.change, cell: (rate) => <RateChange rate={rate} />, isNumber: true },
            ]}
          />
          <RateOriginLine origin={first} />
        </div>
      ) : (
        <Empty title={words.rates.none}>
          <p>{words.rates.noneText}</p>
        </Empty>
      )}
    </Shell>
  );
}

function CurrencyCell({ base, quote }: RateView) {
  return <CurrencyLink base={base} quote={quote} />;
}

function CurrencyLink({ base, quote }: { readonly base: string; readonly quote: string }) {
  const { words } = useVisit();
  return (
    <a class="ledger__what" href={`/rates/${base}/${quote}`}>
      {base} <span class="note">{words.rates.currencies[base]}</span>
    </a>
  );
}
