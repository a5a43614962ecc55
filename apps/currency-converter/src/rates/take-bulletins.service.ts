import type { RateSource } from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable, Logger } from '@nestjs/common';
import type { Validators } from '../feeds/fetch-feed.js';
import { jumpsOf, refuseAbsurd } from '../feeds/plausibility.js';
import type { FeedBulletin } from '../feeds/rate-feed.js';
import { snapshotOf } from '../feeds/snapshot.js';
import { ChangeRatesService } from './change-rates.service.js';
import { bulletinOf } from './effective-rates.js';
import { FeedRepository, type FeedState } from './feed.repository.js';
import { RateRepository } from './rate.repository.js';
import { RateSettings } from './rate.settings.js';

export type Taken = 'accepted' | 'known' | 'held' | 'waits';

/** When a day's rates began to count, for the history: the Bank of Russia's at midnight, the ECB's at 16:00 CET. */
const HOUR_OF = { 'bank-of-russia': '00:00:00Z', ecb: '15:00:00Z' } as const;

/** Decides what becomes of what a feed says. */
@Injectable()
export class TakeBulletinsService {
  private readonly log = new Logger(TakeBulletinsService.name);

  constructor(
    private readonly changing: ChangeRatesService,
    private readonly feeds: FeedRepository,
    private readonly rates: RateRepository,
    private readonly settings: RateSettings,
  ) {}

  /** @throws {FeedFault} when it's absurd; nothing has changed then. */
  async take(source: RateSource, bulletin: FeedBulletin, validators: Validators): Promise<Taken> {
    let taken = 'known' as Taken;
    await this.changing.change(source, async (tx, feed) => {
      const same = await this.feeds.findSame(tx, source, bulletin);
      taken =
        same === undefined ? await this.decide(tx, feed, bulletin) : same === 'in force' ? 'known' : 'waits';
      // What waits for an operator confirms nothing: what is in force grows old meanwhile.
      if (taken === 'held' || taken === 'waits') return false;
      await this.feeds.confirm(tx, source, validators);
      return true;
    });
    if (taken === 'held')
      this.log.warn(`Rates of ${source} for ${bulletin.asOf} jumped: an operator has to decide`);
    return taken;
  }

  /** The feed says that what it said last is still so. */
  async confirm(source: RateSource): Promise<void> {
    await this.changing.change(source, async (tx) => {
      await this.feeds.confirm(tx, source, null);
      return true;
    });
  }

  /** Days before the newest; they count for charts only. */
  async takeHistory(source: RateSource, [, ...days]: readonly FeedBulletin[]): Promise<void> {
    await this.changing.change(source, async (tx) => {
      // Once: a round that broke off after it comes again.
      if (await this.feeds.hasHistory(tx, source)) return false;
      for (const day of days) await this.insertDay(tx, source, day, false);
      return false;
    });
  }

  /** Where a source has never spoken, its shipped rates do, and say so. */
  async takeSnapshots(sources: readonly RateSource[]): Promise<void> {
    if (!this.settings.usesSnapshot) return;
    for (const source of sources) {
      await this.changing.change(source, async (tx, feed) => {
        if (feed.bulletinId !== null) return false;
        let newest: string | undefined;
        for (const day of snapshotOf(source)) {
          const id = await this.insertDay(tx, source, day, true);
          newest ??= id;
        }
        await this.feeds.putInForce(tx, source, newest!);
        await this.feeds.confirm(tx, source, null);
        this.log.warn(`Rates of ${source} come from the shipped snapshot until the feed answers`);
        return true;
      });
    }
  }

  private async decide(tx: Transaction, feed: FeedState, said: FeedBulletin): Promise<Taken> {
    const { source } = feed;
    const next = bulletinOf(source, said.asOf, said.rates);
    // After the snapshot anything may come.
    const current =
      feed.bulletinId !== null && !feed.isSnapshot
        ? await this.rates.loadBulletin(source, feed.bulletinId, tx)
        : undefined;
    refuseAbsurd(next, current, new Date().toISOString().slice(0, 10));
    const jumps = current ? jumpsOf(next, current, this.settings.RATES_MAX_JUMP_PERCENT) : [];
    const status = jumps.length > 0 ? 'held' : 'accepted';
    await this.feeds.refuseHeld(tx, source, null, 'superseded by a newer bulletin');
    const id = await this.feeds.insertBulletin(tx, source, said, { status, isSnapshot: false });
    if (status === 'accepted') await this.feeds.putInForce(tx, source, id);
    return status;
  }

  private insertDay(
    tx: Transaction,
    source: RateSource,
    day: FeedBulletin,
    isSnapshot: boolean,
  ): Promise<string> {
    const effectiveAt = `${day.asOf}T${HOUR_OF[source]}`;
    return this.feeds.insertBulletin(tx, source, day, { status: 'accepted', isSnapshot, effectiveAt });
  }
}
