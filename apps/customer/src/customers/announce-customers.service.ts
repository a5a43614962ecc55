import { TOPICS, type CustomerState } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Producer, type Outgoing } from '@kopeck/kafka';
import { Sweep } from '@kopeck/service';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CustomerSettings } from '../customer.settings.js';
import { AnnouncementRepository } from './announcement.repository.js';

/** States in one produce request. */
const MAX_STATES = 500;

/**
 * Publishes who the customers are: at once after a change, and on a timer those that a crash or a broker's absence left behind.
 * A state counts as announced only when the broker has acknowledged it.
 *
 * Replicas take turns, by an advisory lock: the topic is compacted, the last state of a customer is the one that stays, so
 * an older one must never come after a newer one. No customer is locked meanwhile; a slow broker keeps nobody from signing up.
 */
@Injectable()
export class AnnounceCustomersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(
    private readonly database: Database,
    private readonly announcements: AnnouncementRepository,
    private readonly producer: Producer,
    { ANNOUNCE_SWEEP_MS: everyMs }: CustomerSettings,
  ) {
    const otherwise = `Customers wait to be announced, for ${everyMs} ms at most`;
    this.sweep = new Sweep(everyMs, () => this.announceDue(), otherwise);
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
    this.announceSoon();
  }

  /** Doesn't make the asker wait, nor fail: the change is committed, and its announcement is due until it is made. */
  announceSoon(): void {
    this.sweep.soon();
  }

  /** Announces what is due now. @throws what the database or the broker said; what wasn't acknowledged stays due. */
  async announceDue(): Promise<void> {
    while (await this.announcements.isAnyDue()) {
      await this.database.transaction((tx) => this.announceOneBatch(tx));
    }
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  private async announceOneBatch(tx: Transaction): Promise<void> {
    await this.announcements.takeTurn(tx);
    const states = await this.announcements.findDue(tx, MAX_STATES);
    if (states.length === 0) return;
    await this.producer.send(states.map(outgoingOf));
    await this.announcements.markAnnounced(tx, states);
  }
}

function outgoingOf(state: CustomerState): Outgoing {
  return {
    topic: TOPICS.customerStates.name,
    key: state.customerId,
    value: state,
    type: 'kopeck.customer.changed.v1',
    id: `${state.customerId}/${state.revision}`,
  };
}
