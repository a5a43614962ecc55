import { IsIn, IsInt, IsUrl, Matches, Max, Min } from 'class-validator';

const PLAIN_URL = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };

/** Where rates come from and how long they are good; property names are the environment's names. */
export class RateSettings {
  /** In this order a source is asked for a pair; one that is left out isn't read at all. */
  @Matches(/^(bank-of-russia|ecb)(,(bank-of-russia|ecb))?$/, {
    message: 'RATE_SOURCES must list bank-of-russia, ecb or both, with a comma between',
  })
  RATE_SOURCES = 'bank-of-russia,ecb';

  @IsUrl(PLAIN_URL)
  RATES_BANK_OF_RUSSIA_URL = 'https://www.cbr.ru/scripts/XML_daily.asp';

  @IsUrl(PLAIN_URL)
  RATES_ECB_URL = 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml';

  /** Read once, when there is no history yet. */
  @IsUrl(PLAIN_URL)
  RATES_ECB_HISTORY_URL = 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml';

  /** How often each feed is asked whether there is something new. */
  @IsInt()
  @Min(1)
  @Max(86_400)
  RATES_POLL_SECONDS = 600;

  /** One attempt at a feed, from the first byte to the last. */
  @IsInt()
  @Min(100)
  @Max(60_000)
  RATES_FETCH_TIMEOUT_MS = 10_000;

  /** Rates that no feed has confirmed for this long are not quoted any more. */
  @IsInt()
  @Min(1)
  @Max(43_200)
  RATES_MAX_AGE_MINUTES = 1_440;

  /** Nor are those that were set for a day so long ago; ten days of holidays in January are usual. */
  @IsInt()
  @Min(1)
  @Max(365)
  RATES_MAX_AS_OF_DAYS = 14;

  /** A currency that moves by more than this waits for an operator, and all that came with it. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  RATES_MAX_JUMP_PERCENT = 10;

  /** `use`: until a feed has answered, rates come from the shipped snapshot and say so. Not in production. */
  @IsIn(['use', 'never'])
  RATES_SNAPSHOT: 'use' | 'never' = 'use';

  /** A shipped snapshot is nobody's current rate: fine to try things with, never in production. */
  get usesSnapshot(): boolean {
    return this.RATES_SNAPSHOT === 'use' && process.env.NODE_ENV !== 'production';
  }
}
