import type { RatePoint, RateStep } from '@kopeck/contracts';
import type { Fraction } from './fraction.js';
import { RATE_DECIMALS, rateTextOf } from './rate-text.js';

export interface RateMoment {
  readonly at: Date;
  readonly rate: Fraction;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHORTEST_MS: Readonly<Record<RateStep, number>> = {
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
};

/** As many steps as there can be between two moments. */
export function stepsBetween(from: string, to: string, step: RateStep): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / SHORTEST_MS[step]);
}

/** When the step began that a moment is in: UTC, weeks from Monday (ISO 8601). */
export function stepStartOf(at: Date, step: RateStep): Date {
  if (step === 'hour') return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
  if (step === 'month') return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));
  const day = Math.floor(at.getTime() / DAY_MS);
  // The first of January 1970 was a Thursday.
  return new Date((step === 'day' ? day : day - ((day + 3) % 7)) * DAY_MS);
}

/** Least, mean, greatest and last rate of each step that has any. @param moments in order of time. */
export function pointsOf(moments: readonly RateMoment[], step: RateStep): RatePoint[] {
  const steps = new Map<number, Fraction[]>();
  for (const { at, rate } of moments) {
    const start = stepStartOf(at, step).getTime();
    const rates = steps.get(start);
    if (rates) rates.push(rate);
    else steps.set(start, [rate]);
  }
  return [...steps].map(([start, rates]) => pointOf(new Date(start), rates));
}

function pointOf(start: Date, rates: readonly Fraction[]): RatePoint {
  let [min, max] = [rates[0]!, rates[0]!];
  for (const rate of rates) {
    if (rate.isBelow(min)) min = rate;
    if (max.isBelow(rate)) max = rate;
  }
  return {
    at: start.toISOString(),
    min: rateTextOf(min),
    avg: meanOf(rates.map(rateTextOf)),
    max: rateTextOf(max),
    close: rateTextOf(rates.at(-1)!),
  };
}

/** Of rates as they are written, half up: exact fractions of a thousand days would have thousands of digits. */
function meanOf(texts: readonly string[]): string {
  const units = texts.map((text) => BigInt(text.replace('.', '')));
  const count = BigInt(units.length);
  const sum = units.reduce((total, each) => total + each, 0n);
  const digits = ((2n * sum + count) / (2n * count)).toString().padStart(RATE_DECIMALS + 1, '0');
  return `${digits.slice(0, -RATE_DECIMALS)}.${digits.slice(-RATE_DECIMALS)}`;
}
