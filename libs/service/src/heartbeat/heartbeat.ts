import { HEARTBEAT_INTERVAL_MS, TOPICS, type ServiceHeartbeat } from '@kopeck/contracts';
import { Producer, TopicAdmin, type ConsumerGroup } from '@kopeck/kafka';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { HealthRegistry } from '../health/health-registry.js';
import { ServiceIdentity } from '../service-identity.js';

/** Asking the broker for the lag is dearer than a heartbeat, so every fifth one carries a new number. */
const BEATS_PER_LAG = 5;
const LAST_WORD_TIMEOUT_MS = 1_500;
const MAX_PROBLEM_LENGTH = 500;

/** Says on `services.heartbeats` that the instance is there and how it feels; `stopping` is its last word. */
@Injectable()
export class Heartbeat implements OnModuleDestroy {
  private consumerGroups: readonly ConsumerGroup[] = [];
  private readonly logger = new Logger('Heartbeat');
  private timer: NodeJS.Timeout | undefined;
  private beats = 0;
  private lag: number | undefined;
  private busy = false;
  private silent = false;

  constructor(
    private readonly identity: ServiceIdentity,
    private readonly health: HealthRegistry,
    private readonly producer: Producer,
    private readonly admin: TopicAdmin,
  ) {}

  /**
   * Once the instance takes work.
   *
   * @param consumerGroups whose lag to tell, all together, the service's own first.
   */
  start(consumerGroups: readonly ConsumerGroup[] = []): void {
    this.consumerGroups = consumerGroups;
    void this.beat();
    this.timer = setInterval(() => void this.beat(), HEARTBEAT_INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    const spoken = this.send({ status: 'stopping' }).catch(() => undefined);
    await Promise.race([spoken, new Promise((resolve) => setTimeout(resolve, LAST_WORD_TIMEOUT_MS).unref())]);
  }

  /** One heartbeat; skipped while the one before is still under way. */
  async beat(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const { ready, problems } = await this.health.report();
      await this.readLag();
      await this.send({ status: ready ? 'up' : 'degraded', problem: sentenceOf(problems) });
      this.silent = false;
    } catch (error) {
      this.complainOnce(error);
    } finally {
      this.busy = false;
    }
  }

  private async readLag(): Promise<void> {
    if (this.consumerGroups.length === 0 || this.beats++ % BEATS_PER_LAG !== 0) return;
    try {
      const lags = await Promise.all(this.consumerGroups.map((group) => this.admin.lag(group)));
      this.lag = Number(lags.flat().reduce((sum, { lag }) => sum + lag, 0n));
    } catch {
      this.lag = undefined;
    }
  }

  private async send(state: Pick<ServiceHeartbeat, 'status' | 'problem'>): Promise<void> {
    const consumerGroup = this.consumerGroups[0]?.groupId;
    const value: ServiceHeartbeat = {
      service: this.identity.service,
      instance: this.identity.instance,
      version: this.identity.version,
      startedAt: this.identity.startedAt,
      at: new Date().toISOString(),
      ...state,
      ...(consumerGroup === undefined ? {} : { consumerGroup }),
      ...(this.lag === undefined ? {} : { lag: this.lag }),
    };
    const topic = TOPICS.serviceHeartbeats.name;
    await this.producer.send([
      { topic, key: this.identity.instance, value, type: 'kopeck.service.heartbeat.v1' },
    ]);
  }

  private complainOnce(error: unknown): void {
    if (!this.silent) this.logger.warn(`Heartbeats don't get through: ${(error as Error).message}`);
    this.silent = true;
  }
}

function sentenceOf(problems: Readonly<Record<string, string | null>>): string | undefined {
  const said = Object.entries(problems).flatMap(([name, problem]) =>
    problem ? [`${name}: ${problem}`] : [],
  );
  return said.length === 0 ? undefined : said.join('; ').slice(0, MAX_PROBLEM_LENGTH);
}
