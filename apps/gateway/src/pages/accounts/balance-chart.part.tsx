import type { AccountView, BalanceAt } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import { ChartFigure } from '../components/chart-figure.js';
import { Notice } from '../components/notice.js';
import { Tabs } from '../components/tabs.js';
import { useVisit } from '../rendering/visit-context.js';
import { withParameter } from '../visits/own-path.js';
import { CHART_PERIODS, chartPointsOf, rangeOf, type ChartPeriod } from './balance-chart.js';

export interface BalanceChartProps {
  readonly account: AccountView;
  readonly period: ChartPeriod;
  readonly balances: readonly BalanceAt[] | undefined;
}

/** How much was in the account over time. */
export function BalanceChart({ account, period, balances }: BalanceChartProps) {
  const { words, formats, address } = useVisit();
  const { currency } = account;
  const tabs = CHART_PERIODS.map((name) => ({
    href: withParameter(address, 'chart', name),
    text: words.accounts.chartPeriods[name],
    isHere: name === period,
  }));
  const inWords = (minor: string) => formats.amount(amountOf(minor, currency));
  const title = `${words.accounts.chart}, ${words.accounts.chartPeriods[period]}`;
  return (
    <section class="stack" aria-labelledby="balance">
      <div class="head">
        <h2 id="balance">{words.accounts.chart}</h2>
        <Tabs label={words.accounts.chart} tabs={tabs} />
      </div>
      {balances && balances.length > 1 ? (
        <ChartFigure
          id="balance-chart"
          title={title}
          description={words.accounts.chartText(
            inWords(balances[0]!.balanceMinor),
            inWords(balances.at(-1)!.balanceMinor),
            inWords(rangeOf(balances).least),
            inWords(rangeOf(balances).most),
          )}
          points={chartPointsOf(balances, currency)}
          shape="steps"
          formatValue={(value) => formats.compact(value)}
          formatTime={(at) =>
            period === '7d' ? `${formats.shortDay(at)}, ${formats.time(at)}` : formats.shortDay(at)
          }
          timeName={words.accounts.time}
          valueName={words.accounts.chart}
          exactValue={(index) => inWords(balances[index]!.balanceMinor)}
        />
      ) : (
        <Notice>{words.accounts.noChart}</Notice>
      )}
    </section>
  );
}
