import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Command, Redis } from 'ioredis';
import { orUnavailable } from './cache-errors.js';
import type { CacheSettings } from './cache.settings.js';

const RECONNECT_BASE_MS = 50;
const RECONNECT_CAP_MS = 1_000;
const WAIT_PAUSE_MS = 500;

type Log = { log(line: string): void; warn(line: string): void };

/**
 * ioredis for what must be atomic (INCR, SADD, scripts, pipelines); everything else goes through `Cache`.
 *
 * Commands of one tick travel together (auto-pipelining). A command that was in flight when the connection broke is
 * *not* sent again: a repeated INCR counts twice. Wrap calls in `orUnavailable`, so that callers see `CacheUnavailable`.
 */
export class RedisClient extends Redis implements OnApplicationShutdown {
  private lastProblem: string | undefined;

  constructor(
    private readonly settings: CacheSettings,
    private readonly logger: Log,
  ) {
    super(settings.url, {
      lazyConnect: true,
      enableAutoPipelining: true,
      autoResendUnfulfilledCommands: false,
      commandTimeout: settings.commandTimeoutMs,
      connectTimeout: settings.commandTimeoutMs * 2,
      // A connection that takes commands and answers none is given up, and a new one made.
      socketTimeout: settings.commandTimeoutMs * 3,
      disconnectTimeout: 500,
      // A command waits for one reconnection; then the caller hears that Redis is down.
      maxRetriesPerRequest: 1,
      retryStrategy: (attempt) => Math.min(RECONNECT_BASE_MS * 2 ** attempt, RECONNECT_CAP_MS),
      noDelay: true,
      keepAlive: 30_000,
    });
    this.on('error', (error: Error) => this.report(error));
    this.on('ready', () => this.recovered());
  }

  /** Waits until Redis answers and says for what; the wait has an end. */
  async whenReady(): Promise<void> {
    const deadline = Date.now() + this.settings.waitAtBootMs;
    this.connect().catch(() => undefined);
    for (;;) {
      try {
        await this.ping();
        return;
      } catch (error) {
        if (Date.now() + WAIT_PAUSE_MS > deadline) {
          this.disconnect();
          throw new Error(
            `${this.place} didn't answer within ${this.settings.waitAtBootMs} ms (${(error as Error).message}): start it, or correct REDIS_URL`,
            { cause: error },
          );
        }
        await pause(WAIT_PAUSE_MS);
      }
    }
  }

  /**
   * MGET for callers that have collected their keys already: it leaves at once, where auto-pipelining would hold it back for
   * another turn.
   *
   * @throws {CacheUnavailable}
   */
  async getNow(keys: string[]): Promise<(string | null)[]> {
    const command = new Command('mget', keys, { replyEncoding: 'utf8' });
    return orUnavailable(this.sendCommand(command) as Promise<(string | null)[]>);
  }

  /** @throws {CacheUnavailable} */
  async check(): Promise<void> {
    await orUnavailable(this.ping());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.quit().catch(() => this.disconnect());
  }

  private get place(): string {
    const { hostname, port } = new URL(this.settings.url);
    return `Redis at ${hostname}:${port || 6379}`;
  }

  /** Each reconnection fails with the same words: say them once. */
  private report(error: Error): void {
    const problem = error.message || (error as { code?: string }).code || error.name;
    if (problem === this.lastProblem) return;
    this.lastProblem = problem;
    this.logger.warn(`${this.place} is not available: ${problem}; reconnecting`);
  }

  private recovered(): void {
    if (this.lastProblem !== undefined) this.logger.log(`${this.place} is back`);
    this.lastProblem = undefined;
  }
}
