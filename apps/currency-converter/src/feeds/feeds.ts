import type { RateSource } from '@kopeck/contracts';
import { BANK_OF_RUSSIA } from './bank-of-russia.feed.js';
import { ECB } from './ecb.feed.js';
import type { RateFeed } from './rate-feed.js';

/** Every source that there is. */
export const FEEDS: Readonly<Record<RateSource, RateFeed>> = { 'bank-of-russia': BANK_OF_RUSSIA, ecb: ECB };
