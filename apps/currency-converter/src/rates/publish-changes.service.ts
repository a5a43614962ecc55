import { TOPICS } from '@kopeck/contracts';
import { Producer, type Outgoing } from '@kopeck/kafka';
import { Sweep } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RateChangeRepository, type DueChange } from './rate-change.repository.js';

const SWEEP_EVERY_MS = 2_000;
/** Whoever changes rates publishes the change; what is older was left behind by a crash or a broker that was away. */
const LEFT_BEHIND_MS = 2_000;
const MAX_AT_ONCE = 500;

/** Publishes what changed, in order; marked only when the broker has it, so that it comes at least once. */
@Injectable()
export class PublishChangesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(PublishChangesService.name);
  private readonly sweep = new Sweep(
    SWEEP_EVERY_MS,
    () => this.publishDue(LEFT_BEHIND_MS),
    'Changed rates wait to be published',
  );
  private running: Promise<void> | undefined;

  constructor(
    private readonly changes: RateChangeRepository,
    private readonly producer: Producer,
  ) {}

  /** Never throws: what isn't published now is published by the next sweep. */
  async publishDue(olderThanMs = 0): Promise<void> {
    while (this.running) await this.running;
    this.running = this.publish(olderThanMs).finally(() => (this.running = undefined));
    await this.running;
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
    await this.running;
  }

  private async publish(olderThanMs: number): Promise<void> {
    try {
      const due = await this.changes.findDue(olderThanMs, MAX_AT_ONCE);
      if (due.length === 0) return;
      await this.producer.send(due.map(messageOf));
      await this.changes.markPublished(due.map(({ id }) => id));
    } catch (error) {
      this.log.warn(`Changed rates wait to be published: ${(error as Error).message}`);
    }
  }
}

function messageOf({ id, change }: DueChange): Outgoing {
  return {
    topic: TOPICS.rateChanges.name,
    key: change.source,
    value: change,
    type: 'kopeck.rate.changed.v1',
    id: `rate-change-${id}`,
  };
}
