import type { AccountView, BalanceAt } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import { ChartFigure } from '../components/chart-figure.js';
import { Notice } from '../components/notice.js';
import { Tabs } from '../components/tabs.js';
import { keptMarkup } from '../rendering/kept-markup.js';
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
  const { words, address } = useVisit();
  const tabs = CHART_PERIODS.map((name) => ({
    href: withParameter(address, 'chart', name),
    text: words.accounts.chartPeriods[name],
    isHere: name === period,
  }));
  return (
    <section class="stack" aria-labelledby="balance">
      <div class="head">
        <h2 id="balance">{words.accounts.chart}</h2>
        <Tabs label={words.accounts.chart} tabs={tabs} />
      </div>
      {balances && balances.length > 1 ? (
        <KeptFigure account={account} period={period} balances={balances} />
      ) : (
        <Notice>{words.accounts.noChart}</Notice>
      )}
    </section>
  );
}

type FigureProps = Pick<BalanceChartProps, 'account' | 'period'> & {
  readonly balances: readonly BalanceAt[];
};

/** Until the balance moves, or a moment of the past is left behind. */
function KeptFigure(props: FigureProps) {
  const visit = useVisit();
  const { account, period, balances } = props;
  const [first, last] = [balances[0]!, balances.at(-1)!];
  const key = `balance chart ${account.accountId} ${period} ${first.at} ${last.balanceMinor}`;
  const figure = keptMarkup(visit, key, () => <Figure {...props} />);
  return <div dangerouslySetInnerHTML={{ __html: figure }} />;
}

function Figure({ account: { currency }, period, balances }: FigureProps) {
  const { words, formats } = useVisit();
  const inWords = (minor: string) => formats.amount(amountOf(minor, currency));
  return (
    <ChartFigure
      id="balance-chart"
      title={`${words.accounts.chart}, ${words.accounts.chartPeriods[period]}`}
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
  );
}
