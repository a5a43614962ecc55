import {
  refusal,
  type DecideHeldBulletin,
  type FeedView,
  type HeldBulletin,
  type RateSource,
  type Refusal,
} from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { jumpsOf } from '../feeds/plausibility.js';
import { ChangeRatesService } from './change-rates.service.js';
import { FeedRepository, type FeedState } from './feed.repository.js';
import { RateRepository } from './rate.repository.js';
import { RateSettings } from './rate.settings.js';

/** After so many failures in a row the feed is asked no more for a while. */
const FAILURES_OF_OPEN_BREAKER = 5;

/** How feeds are doing, and what operators decide about them. */
@Injectable()
export class WatchFeedsService {
  constructor(
    private readonly database: Database,
    private readonly feeds: FeedRepository,
    private readonly rates: RateRepository,
    private readonly changing: ChangeRatesService,
    private readonly settings: RateSettings,
  ) {}

  async list(): Promise<FeedView[]> {
    const feeds = await this.feeds.list();
    return Promise.all(feeds.map((feed) => this.viewOf(feed)));
  }

  async decide({
    bulletinId,
    operatorId,
    isAccepted,
    reason,
  }: DecideHeldBulletin): Promise<FeedView | Refusal> {
    const source = await this.feeds.findSourceOfHeld(bulletinId);
    if (!source) return NOT_HELD;
    let isDecided = true;
    await this.changing.change(source, async (tx) => {
      if (!isAccepted) {
        await this.feeds.refuseHeld(tx, source, operatorId, reason);
        return false;
      }
      isDecided = await this.feeds.accept(tx, bulletinId, operatorId, reason);
      if (!isDecided) return false;
      await this.feeds.putInForce(tx, source, bulletinId);
      await this.feeds.confirm(tx, source, null);
      return true;
    });
    if (!isDecided) return NOT_HELD;
    const feed = (await this.feeds.list()).find((each) => each.source === source);
    return this.viewOf(feed!);
  }

  private async viewOf(feed: FeedState): Promise<FeedView> {
    const { source, consecutiveFailures, lastError, isSnapshot } = feed;
    const [effective, overrides, held] = await Promise.all([
      this.rates.loadEffective(source),
      this.rates.loadOverrides(source),
      this.heldOf(source, feed.bulletinId),
    ]);
    return {
      source,
      status: statusOf(consecutiveFailures, isSnapshot),
      asOf: effective?.asOf ?? null,
      confirmedAt: feed.confirmedAt?.toISOString() ?? null,
      lastAttemptAt: feed.lastAttemptAt?.toISOString() ?? null,
      lastError,
      consecutiveFailures,
      nextAttemptAt: feed.nextAttemptAt.toISOString(),
      held,
      overrides,
    };
  }

  private async heldOf(source: RateSource, inForce: string | null): Promise<HeldBulletin | null> {
    const held = await this.feeds.findHeld(this.database, source);
    if (!held || inForce === null) return null;
    const [next, current] = await Promise.all(
      [held.id, inForce].map((id) => this.rates.loadBulletin(source, id, this.database)),
    );
    return {
      bulletinId: held.id,
      asOf: held.as_of,
      receivedAt: held.received_at.toISOString(),
      jumps: jumpsOf(next!, current!, this.settings.RATES_MAX_JUMP_PERCENT),
    };
  }
}

const NOT_HELD = refusal('not_found', 'No such bulletin waits for a decision. Look at the feeds again.');

function statusOf(failures: number, isSnapshot: boolean): FeedView['status'] {
  if (failures >= FAILURES_OF_OPEN_BREAKER) return 'open_breaker';
  if (failures > 0) return 'failing';
  return isSnapshot ? 'snapshot' : 'up';
}
