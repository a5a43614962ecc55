import { IsInt, Matches, Max, Min } from 'class-validator';

/** What a conversion costs and how long its price holds; property names are the environment's names. */
export class QuoteSettings {
  /** The bank's margin as a share of the middle rate: `0.005` is half a percent. */
  @Matches(/^0(\.\d{1,6})?$/, {
    message: 'MARKUP must be a share below one with at most six decimals, such as 0.005',
  })
  MARKUP = '0.005';

  /** How long a quote can be used. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  QUOTE_TTL_MS = 30_000;

  /** Quotes that nobody used are forgotten after so many days. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  QUOTE_KEEP_DAYS = 7;
}

/** `0.005` → 5,000 millionths. */
export function millionthsOf(markup: string): bigint {
  return BigInt((markup.split('.')[1] ?? '').padEnd(6, '0'));
}

/** The share with six decimals, as it's shown. */
export function markupTextOf(millionths: bigint): string {
  return `0.${millionths.toString().padStart(6, '0')}`;
}
