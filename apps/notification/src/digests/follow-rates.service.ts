import type { RateChange } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Producer } from '@kopeck/kafka';
import { Injectable } from '@nestjs/common';
import { rateNewsOf } from '../intake/rate-news.js';
import { TellPeopleService, type Told } from '../intake/tell-people.service.js';
import { digestTimeOf } from './digest-time.js';
import { collected } from './digest.js';
import { DigestRepository } from './digest.repository.js';
import { FollowerRepository, type Follower } from './follower.repository.js';

/** Followers in one transaction: each may be told of as many changes as a batch has. */
const PAGE = 500;

/**
 * Tells of changed rates those who follow a currency: at once, or collected for the hour or the day. A currency may have any
 * number of followers, so they're taken page by page, each page stored and sent before the next. A crash in between
 * repeats pages, which tells nothing twice.
 */
@Injectable()
export class FollowRatesService {
  constructor(
    private readonly database: Database,
    private readonly followers: FollowerRepository,
    private readonly digests: DigestRepository,
    private readonly telling: TellPeopleService,
    private readonly producer: Producer,
  ) {}

  async follow(changes: readonly RateChange[]): Promise<void> {
    const currencies = [...new Set(changes.map(({ base }) => base))];
    let after: string | null = null;
    while (currencies.length > 0) {
      const page: Follower[] = await this.followers.find(currencies, after, PAGE);
      if (page.length > 0) await this.tell(page, changes);
      if (page.length < PAGE) return;
      after = page.at(-1)!.customerId;
    }
  }

  private async tell(page: readonly Follower[], changes: readonly RateChange[]): Promise<void> {
    const told = await this.database.transaction((tx) => this.store(tx, page, changes));
    const messages = this.telling.messagesOf(told);
    if (messages.length > 0) await this.producer.send(messages);
  }

  private async store(
    tx: Transaction,
    page: readonly Follower[],
    changes: readonly RateChange[],
  ): Promise<Told> {
    const isImmediate = ({ preferences }: Follower) => preferences.rateDigest === 'immediate';
    await this.collect(
      tx,
      page.filter((follower) => !isImmediate(follower)),
      changes,
    );
    const news = page
      .filter(isImmediate)
      .flatMap((follower) =>
        followedBy(follower, changes).map((change) => rateNewsOf(change, follower.customerId)),
      );
    return this.telling.store(tx, news);
  }

  private async collect(
    tx: Transaction,
    followers: readonly Follower[],
    changes: readonly RateChange[],
  ): Promise<void> {
    if (followers.length === 0) return;
    const byId = new Map(followers.map((follower) => [follower.customerId, follower]));
    const now = new Date();
    const digests = await this.digests.lock(tx, [...byId.keys()]);
    const grown = digests.flatMap((digest) => {
      const follower = byId.get(digest.customerId)!;
      const dueAt = digestTimeOf(follower.preferences, now);
      const after = collected(digest, followedBy(follower, changes), dueAt);
      return after === digest ? [] : [after];
    });
    await this.digests.save(tx, grown);
  }
}

function followedBy({ preferences }: Follower, changes: readonly RateChange[]): RateChange[] {
  return changes.filter(({ base }) => preferences.rateCurrencies.includes(base));
}
