import {
  MAX_OVERRIDE_DAYS,
  refusal,
  type EndRateOverride,
  type RateOverrideView,
  type Refusal,
  type SetRateOverride,
} from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Sweep } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { FEEDS } from '../feeds/feeds.js';
import { ChangeRatesService } from './change-rates.service.js';
import { FeedRepository } from './feed.repository.js';
import { OverrideRepository } from './override.repository.js';
import { rateOf, rateTextOf } from './rate-text.js';

const SWEEP_EVERY_MS = 2_000;
const LONGEST_MS = MAX_OVERRIDE_DAYS * 86_400_000;

/** Prices set by hand, for a while. */
@Injectable()
export class OverrideRatesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(OverrideRatesService.name);
  private readonly sweep = new Sweep(
    SWEEP_EVERY_MS,
    () => this.endExpired(),
    'Overrides that have expired are ended later',
  );

  constructor(
    private readonly database: Database,
    private readonly feeds: FeedRepository,
    private readonly overrides: OverrideRepository,
    private readonly changing: ChangeRatesService,
  ) {}

  async set(wanted: SetRateOverride): Promise<RateOverrideView | Refusal> {
    const fault = faultOf(wanted, Date.now());
    if (fault) return fault;
    let answer: RateOverrideView | Refusal = NO_RATES;
    if (!(await this.feeds.list()).some(({ source }) => source === wanted.source)) return NO_RATES;
    await this.changing.change(wanted.source, async (tx, feed) => {
      const known = await this.overrides.findOverride(tx, wanted.overrideId);
      if (known) {
        answer = isSame(wanted, known) ? viewOf(known) : REUSED;
        return false;
      }
      if (feed.bulletinId === null) return false;
      answer = (await this.overrides.insertOverride(tx, wanted)) ?? REUSED;
      return true;
    });
    return answer;
  }

  async end({ overrideId, operatorId }: EndRateOverride): Promise<RateOverrideView | Refusal> {
    const known = await this.overrides.findOverride(this.database, overrideId);
    if (!known) return NOT_FOUND;
    if (!known.isEnded) {
      await this.changing.change(known.source, (tx) =>
        this.overrides.endOverride(tx, overrideId, operatorId),
      );
    }
    return viewOf(known);
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  private async endExpired(): Promise<void> {
    for (const source of await this.overrides.findExpired()) {
      await this.changing.change(source, async (tx) => (await this.overrides.endExpired(tx, source)) > 0);
      this.log.warn(`An override at ${source} has expired: the feed's rate counts again`);
    }
  }
}

const NOT_FOUND = refusal('not_found', 'There is no such override.');
const NO_RATES = refusal('state_conflict', 'This source has no rates yet to override.');
const REUSED = refusal('idempotency_key_reused', 'This key belongs to another override. Use a new one.');

function faultOf({ source, currency, expiresAt }: SetRateOverride, nowMs: number): Refusal | undefined {
  if (currency === FEEDS[source].pivot) {
    const detail = `${currency} is what ${source} counts in: its price is one. Name another currency.`;
    return refusal('validation_failed', detail, { pointer: '/currency' });
  }
  const inMs = Date.parse(expiresAt) - nowMs;
  if (inMs > 0 && inMs <= LONGEST_MS) return undefined;
  const detail = `expiresAt must be in the future, ${MAX_OVERRIDE_DAYS} days ahead at most.`;
  return refusal('validation_failed', detail, { pointer: '/expiresAt' });
}

function isSame(wanted: SetRateOverride, known: RateOverrideView): boolean {
  return (
    wanted.source === known.source &&
    wanted.currency === known.currency &&
    rateTextOf(rateOf(wanted.rate)) === rateTextOf(rateOf(known.rate)) &&
    wanted.reason === known.reason &&
    Date.parse(wanted.expiresAt) === Date.parse(known.expiresAt)
  );
}

function viewOf({ isEnded, ...view }: RateOverrideView & { isEnded: boolean }): RateOverrideView {
  void isEnded;
  return view;
}
