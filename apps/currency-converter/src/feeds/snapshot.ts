import type { RateSource } from '@kopeck/contracts';
import type { FeedBulletin, FeedRate } from './rate-feed.js';
import { BANK_OF_RUSSIA_DAYS, ECB_DAYS } from './snapshot-days.js';

/** The shipped rates of a source, the newest day first: real once, and never passed off as current. */
export function snapshotOf(source: RateSource): FeedBulletin[] {
  const isInverse = source === 'ecb';
  const days = isInverse ? ECB_DAYS : BANK_OF_RUSSIA_DAYS;
  return days
    .trim()
    .split('\n')
    .map((line) => bulletinOf(line, isInverse));
}

function bulletinOf(line: string, isInverse: boolean): FeedBulletin {
  const [asOf, ...words] = line.split(' ');
  const rates: FeedRate[] = [];
  for (let index = 0; index + 1 < words.length; index += 2) {
    const [value, nominal = '1'] = words[index + 1]!.split('/');
    rates.push({ currency: words[index]!, value: value!, nominal: Number(nominal), isInverse });
  }
  return { asOf: asOf!, rates };
}
