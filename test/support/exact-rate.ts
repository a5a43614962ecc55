/** Rates in tests as scaled integers: ten decimals, like every rate that is shown. */
const SCALE = 10n ** 10n;

/** `92.4071000000` → 924071000000n. */
export function scaledRate(text: string): bigint {
  const match = /^(\d+)\.(\d{10})$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a rate with ten decimals`);
  return BigInt(match[1]! + match[2]!);
}

/** What one unit of `base` costs in `quote`, out of what both cost in a third currency; off by a unit at most. */
export function expectCross(base: string, quote: string, cross: string): void {
  const exact = (scaledRate(base) * SCALE) / scaledRate(quote);
  const off = scaledRate(cross) - exact;
  // Both rates were rounded to ten decimals before: each shifts the quotient by its own share.
  const tolerance = (exact + scaledRate(base)) / scaledRate(quote) + 2n;
  if (off > tolerance || off < -tolerance)
    throw new Error(`${cross} is not ${base} / ${quote}: off by ${off} of the last place`);
}

/** Minor units of an amount as REST writes it: `12.30` → 1230n. */
export function minorOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
