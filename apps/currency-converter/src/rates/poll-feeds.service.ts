import { TOPICS, uuidV5, type NotificationRequest, type RateSource } from '@kopeck/contracts';
import { Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { FEEDS } from '../feeds/feeds.js';
import { FeedFetcher, FETCH_LIMITS, type Fetched } from '../feeds/fetch-feed.js';
import { FeedFault } from '../feeds/rate-feed.js';
import { FeedRepository, type FeedState } from './feed.repository.js';
import { RateSettings } from './rate.settings.js';
import { TakeBulletinsService } from './take-bulletins.service.js';

/** How often to look whether a feed is due: twice in the time between its rounds, but neither all the time nor hardly ever. */
const LOOK_EVERY_MS = { min: 500, max: 5_000 };
/** A round may take all its retries; afterwards another replica may try. */
const LEASE_FACTOR = 8;
const LONGEST_PAUSE_MS = 15 * 60_000;

const PROBLEMS = 'b1d3a6b6-7a0e-4f0c-8a57-3c2f0c8f6d55';

/** Asks each feed, when it's due, whether there is something new. One replica at a time asks. */
@Injectable()
export class PollFeedsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(PollFeedsService.name);
  private readonly fetchers = new Map<RateSource, FeedFetcher>();
  private readonly rounds;
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  /** A source that is slow keeps no other one waiting. */
  private readonly running = new Map<RateSource, Promise<void>>();

  constructor(
    private readonly feeds: FeedRepository,
    private readonly taking: TakeBulletinsService,
    private readonly producer: Producer,
    private readonly settings: RateSettings,
    metrics: Metrics,
  ) {
    this.rounds = metrics.counter('rates_feed_rounds_total', 'Questions to a feed, by how they ended', [
      'source',
      'outcome',
    ]);
    for (const source of this.sources) {
      const limits = { ...FETCH_LIMITS, timeoutMs: settings.RATES_FETCH_TIMEOUT_MS };
      this.fetchers.set(source, new FeedFetcher(limits));
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.feeds.ensure(this.sources);
    await this.taking.takeSnapshots(this.sources);
    const lookEveryMs = Math.max(
      LOOK_EVERY_MS.min,
      Math.min(this.settings.RATES_POLL_SECONDS * 500, LOOK_EVERY_MS.max),
    );
    void this.pollDue();
    this.timer = setInterval(() => void this.pollDue(), lookEveryMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await Promise.all(this.running.values());
  }

  async pollDue(): Promise<void> {
    await Promise.all(
      this.sources.map((source) => {
        const running = this.running.get(source);
        if (running) return running;
        const round = this.round(source).finally(() => this.running.delete(source));
        this.running.set(source, round);
        return round;
      }),
    );
  }

  private async round(source: RateSource): Promise<void> {
    try {
      const feed = await this.feeds.claim(source, this.settings.RATES_FETCH_TIMEOUT_MS * LEASE_FACTOR);
      if (feed) await this.poll(feed);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      this.log.error(`The round of ${source} broke off: ${(error as Error).message}`);
    }
  }

  private get sources(): RateSource[] {
    return this.settings.RATE_SOURCES.split(',') as RateSource[];
  }

  private async poll(feed: FeedState): Promise<void> {
    const { source } = feed;
    const pollMs = this.settings.RATES_POLL_SECONDS * 1_000;
    try {
      const outcome = await this.ask(feed);
      await this.feeds.schedule(source, pollMs, null);
      this.rounds.inc({ source, outcome });
      if (feed.consecutiveFailures > 0) this.log.log(`${source} answers again`);
    } catch (error) {
      if (!(error instanceof FeedFault)) throw error;
      const pauseMs = Math.min(pollMs * 2 ** Math.min(feed.consecutiveFailures, 6), LONGEST_PAUSE_MS);
      const isTold = feed.lastError === error.message || (await this.tellOperators(feed, error.message));
      // What could not be told is written down as something else, and so is news the next time.
      const problem = isTold ? error.message : `${error.message} (operators are not told yet)`;
      await this.feeds.schedule(source, Math.max(pauseMs, pollMs), problem);
      this.rounds.inc({ source, outcome: 'failed' });
    }
  }

  private async ask(feed: FeedState): Promise<string> {
    const { source } = feed;
    const isFirst = feed.bulletinId === null || feed.isSnapshot;
    const fetched = await this.fetch(source, this.urlOf(source), isFirst ? NOTHING_KNOWN : feed);
    if (fetched.kind === 'unchanged') {
      await this.taking.confirm(source);
      return 'unchanged';
    }
    const bulletins = FEEDS[source].parse(fetched.bytes);
    if (isFirst && source === 'ecb') await this.fillHistory(source);
    return this.taking.take(source, bulletins[0]!, fetched);
  }

  /** Only for the charts: without it, rates are as current. */
  private async fillHistory(source: RateSource): Promise<void> {
    try {
      const fetched = await this.fetch(source, this.settings.RATES_ECB_HISTORY_URL, NOTHING_KNOWN);
      if (fetched.kind === 'new') await this.taking.takeHistory(source, FEEDS[source].parse(fetched.bytes));
    } catch (error) {
      this.log.warn(`The history of ${source} stays empty: ${(error as Error).message}`);
    }
  }

  private fetch(source: RateSource, url: string, known: typeof NOTHING_KNOWN | FeedState): Promise<Fetched> {
    return this.fetchers.get(source)!.fetch(url, known, this.stopping.signal);
  }

  private urlOf(source: RateSource): string {
    return source === 'ecb' ? this.settings.RATES_ECB_URL : this.settings.RATES_BANK_OF_RUSSIA_URL;
  }

  /** Once for each problem: the same one again is no news. */
  private async tellOperators({ source, lastAttemptAt }: FeedState, problem: string): Promise<boolean> {
    this.log.warn(`Rates of ${source}: ${problem}. What is in force stays`);
    const occurredAt = (lastAttemptAt ?? new Date()).toISOString();
    const value: NotificationRequest = {
      notificationId: uuidV5(PROBLEMS, `${source}\0${problem}\0${occurredAt}`),
      type: 'feed_problem',
      data: { source, problem },
      occurredAt,
    };
    const { name: topic } = TOPICS.notificationRequests;
    try {
      await this.producer.send([
        { topic, key: source, value, type: 'kopeck.notification.requested.v1', id: value.notificationId },
      ]);
      return true;
    } catch (error) {
      this.log.warn(`Operators are not told yet: ${(error as Error).message}`);
      return false;
    }
  }
}

const NOTHING_KNOWN = { etag: null, lastModified: null };
