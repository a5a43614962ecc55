import type { RateSource } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable, Logger } from '@nestjs/common';
import { FEEDS } from '../feeds/feeds.js';
import { CurrentRatesStore } from './current-rates.store.js';
import { bulletinOfPrices, changesBetween, type EffectiveRates } from './effective-rates.js';
import { FeedRepository, type FeedState } from './feed.repository.js';
import { PublishChangesService } from './publish-changes.service.js';
import { RateRepository } from './rate.repository.js';

/**
 * The one way in which rates change: what is in force and what is to be published are written in one database transaction;
 * then Redis gets the whole of it, then Kafka. What a crash leaves out, the watch of Redis and the next round make good.
 */
@Injectable()
export class ChangeRatesService {
  private readonly log = new Logger(ChangeRatesService.name);

  constructor(
    private readonly database: Database,
    private readonly feeds: FeedRepository,
    private readonly rates: RateRepository,
    private readonly store: CurrentRatesStore,
    private readonly publishing: PublishChangesService,
  ) {}

  /** @param work says whether it changed anything, a confirmation included. */
  async change(
    source: RateSource,
    work: (tx: Transaction, feed: FeedState) => Promise<boolean>,
  ): Promise<void> {
    const after = await this.database.transaction(async (tx) => {
      const feed = await this.feeds.lock(tx, source);
      const before = await this.rates.loadEffective(source, tx);
      if (!(await work(tx, feed))) return undefined;
      await this.feeds.raiseRevision(tx, source);
      const rates = await this.rates.loadEffective(source, tx);
      if (rates) await this.noteChanges(tx, before, rates);
      return rates;
    });
    if (!after) return;
    await this.store.write(after).catch((error: Error) => {
      this.log.warn(`Redis gets the rates of ${source} later: ${error.message}`);
    });
    await this.publishing.publishDue();
  }

  private async noteChanges(
    tx: Transaction,
    before: EffectiveRates | undefined,
    after: EffectiveRates,
  ): Promise<void> {
    const changes = changesBetween(
      before && bulletinOfPrices(before, before.prices),
      bulletinOfPrices(after, after.prices),
    );
    const { source, asOf, overridden } = after;
    await this.feeds.insertChanges(
      tx,
      { source, asOf, quote: FEEDS[source].pivot },
      changes.map((change) => ({ ...change, isOverridden: overridden.includes(change.base) })),
    );
  }
}
