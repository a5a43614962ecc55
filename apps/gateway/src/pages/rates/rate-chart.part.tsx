import type { RateHistory } from '@kopeck/contracts';
import { ChartFigure } from '../components/chart-figure.js';
import { Empty } from '../components/empty.js';
import { Tabs } from '../components/tabs.js';
import { useVisit } from '../rendering/visit-context.js';
import { RATE_PERIODS, type RatePeriodName } from './rate-periods.js';

export interface RateChartProps {
  readonly base: string;
  readonly quote: string;
  readonly period: RatePeriodName;
  readonly history: RateHistory | undefined;
}

/** A pair's rate day by day. */
export function RateChart({ base, quote, period, history }: RateChartProps) {
  const { words, formats } = useVisit();
  const { rates } = words;
  const tabs = RATE_PERIODS.map((name) => ({
    href: `/rates/${base}/${quote}?period=${name}`,
    text: rates.periods[name],
    isHere: name === period,
  }));
  const points = history?.points ?? [];
  const closes = points.map(({ close }) => close);
  const sorted = closes.toSorted((a, b) => Number(a) - Number(b));
  const inWords = (rate: string | undefined) => formats.rate(rate ?? '0');
  return (
    <section class="stack" aria-labelledby="history">
      <div class="head">
        <h2 id="history">{rates.history}</h2>
        <Tabs label={rates.history} tabs={tabs} />
      </div>
      {points.length > 1 ? (
        <ChartFigure
          id="rate-chart"
          title={`${rates.pairTitle(base, quote)}, ${rates.periods[period]}`}
          description={rates.historyText(
            inWords(closes[0]),
            inWords(closes.at(-1)),
            inWords(sorted[0]),
            inWords(sorted.at(-1)),
          )}
          points={points.map(({ at, close }) => ({ at, value: Number(close) }))}
          shape="glide"
          formatValue={(value) => formats.plainRate(value)}
          formatTime={(at) => formats.shortDay(at)}
          timeName={rates.day}
          valueName={rates.rate}
          exactValue={(index) => inWords(closes[index])}
        />
      ) : (
        <Empty title={rates.noHistory}>
          <p>{rates.noHistoryText}</p>
        </Empty>
      )}
    </section>
  );
}
