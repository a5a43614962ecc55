import { ratePeriodOf, isRatePeriod, type RatePeriod } from '../../rates/rate-period.js';

export const RATE_PERIODS = ['30d', '90d', '1y'] as const;
export type RatePeriodName = (typeof RATE_PERIODS)[number];

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<RatePeriodName, number>> = { '30d': 30, '90d': 90, '1y': 365 };

export function ratePeriodNameOf(value: unknown): RatePeriodName {
  return RATE_PERIODS.find((period) => period === value) ?? '90d';
}

/** Day by day until now. */
export function periodUntil(name: RatePeriodName, nowMs: number): RatePeriod {
  const from = new Date(nowMs - DAYS[name] * DAY_MS).toISOString();
  const period = ratePeriodOf({ from, step: 'day' }, nowMs);
  if (!isRatePeriod(period)) throw new Error(`${name} is no period of rates: ${period[0]?.detail}`);
  return period;
}

/** How much a rate moved since the bulletin before, as a share; undefined for the first one. */
export function changeOf({
  rate,
  previousRate,
}: {
  rate: string;
  previousRate: string | null;
}): number | undefined {
  return previousRate === null ? undefined : Number(rate) / Number(previousRate) - 1;
}
