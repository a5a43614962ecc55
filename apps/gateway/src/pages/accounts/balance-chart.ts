import { minorUnitExponent, type BalanceAt } from '@kopeck/contracts';
import type { ChartPoint } from '../components/line-chart.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const CHART_PERIODS = ['7d', '30d', '1y'] as const;
export type ChartPeriod = (typeof CHART_PERIODS)[number];

const LENGTHS: Readonly<Record<ChartPeriod, { readonly lengthMs: number; readonly stepMs: number }>> = {
  '7d': { lengthMs: 7 * DAY_MS, stepMs: 3 * HOUR_MS },
  '30d': { lengthMs: 30 * DAY_MS, stepMs: DAY_MS },
  '1y': { lengthMs: 365 * DAY_MS, stepMs: DAY_MS },
};

export function chartPeriodOf(value: unknown): ChartPeriod {
  return CHART_PERIODS.find((period) => period === value) ?? '30d';
}

/** Older than what a batch may still be posting: whatever was posted before such a moment is there to be read. */
const SETTLED_MS = 60_000;

/**
 * The moments of the past at which the balance is asked for: at most 366, evenly spread over full steps, so that they are
 * the same ones for some hours.
 */
export function momentsOf(period: ChartPeriod, nowMs: number): string[] {
  const { lengthMs, stepMs } = LENGTHS[period];
  const count = Math.round(lengthMs / stepMs);
  const lastMs = lastMomentOf(period, nowMs);
  return Array.from({ length: count + 1 }, (_, index) =>
    new Date(lastMs - (count - index) * stepMs).toISOString(),
  );
}

/** The last of them, epoch milliseconds. */
export function lastMomentOf(period: ChartPeriod, nowMs: number): number {
  const { stepMs } = LENGTHS[period];
  return Math.floor((nowMs - SETTLED_MS) / stepMs) * stepMs;
}

/** Points to draw. A picture may be inexact; sums never are. */
export function chartPointsOf(balances: readonly BalanceAt[], currency: string): ChartPoint[] {
  const scale = 10 ** minorUnitExponent(currency);
  return balances.map(({ at, balanceMinor }) => ({ at, value: Number(balanceMinor) / scale }));
}

/** Least and most of them, exactly. */
export function rangeOf(balances: readonly BalanceAt[]): { readonly least: string; readonly most: string } {
  const sorted = balances.map(({ balanceMinor }) => BigInt(balanceMinor)).sort((a, b) => (a < b ? -1 : 1));
  return { least: String(sorted[0] ?? 0n), most: String(sorted.at(-1) ?? 0n) };
}
