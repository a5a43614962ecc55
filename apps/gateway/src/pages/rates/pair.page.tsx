import type { RateView } from '@kopeck/contracts';
import { ErrorSummary } from '../components/error-summary.js';
import { Notice } from '../components/notice.js';
import { RateOriginLine } from '../components/rate-origin.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { Alerts, type AlertsProps } from './alerts.part.js';
import { RateChange } from './rate-change.part.js';
import { RateChart, type RateChartProps } from './rate-chart.part.js';

export interface PairPageProps extends AlertsProps, RateChartProps {
  /** Undefined while there is no current one. */
  readonly rate: RateView | undefined;
}

export function PairPage(props: PairPageProps) {
  const { words, formats, session } = useVisit();
  const { base, quote, rate, faults } = props;
  return (
    <Shell
      title={words.rates.pairTitle(base, quote)}
      back={{ href: `/rates?quote=${quote}`, text: words.rates.back }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <div class="stack">
        {rate ? (
          <>
            <p class="money money--huge">
              <span class="money__whole">{formats.rate(rate.rate)}</span>{' '}
              <span class="money__currency">{quote}</span>
            </p>
            <p>
              {words.rates.oneCosts(base, formats.rate(rate.rate), quote)} · <RateChange rate={rate} />
              {rate.previousRate !== null && <span class="note"> {words.rates.change.toLowerCase()}</span>}
            </p>
            <RateOriginLine origin={rate} />
          </>
        ) : (
          <Notice>{words.rates.none}</Notice>
        )}
        <p class="actions">
          {session?.role === 'customer' && (
            <a class="button" href={`/convert?from=${base}&to=${quote}`}>
              {words.rates.convert(base, quote)}
            </a>
          )}
          <a href={`/rates/${quote}/${base}`}>{words.rates.swap(base, quote)}</a>
        </p>
      </div>
      <RateChart {...props} />
      <Alerts {...props} />
    </Shell>
  );
}
