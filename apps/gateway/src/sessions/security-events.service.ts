import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { TOPICS, type SecurityEvent, type SecurityEventType } from '@kopeck/contracts';
import { Producer, type Outgoing } from '@kopeck/kafka';

/** What waits for the broker at one time; more are not told of, while signing in goes on. */
const MAX_UNDER_WAY = 1_000;

const TYPES: Readonly<Record<SecurityEventType, string>> = {
  sign_in: 'kopeck.customer.signed-in.v1',
  sessions_ended: 'kopeck.customer.sessions-ended.v1',
};

/** Says on Kafka what happened to somebody's access, so that the owner is told. */
@Injectable()
export class SecurityEvents {
  private readonly logger = new Logger(SecurityEvents.name);
  private underWay = 0;

  constructor(private readonly producer: Producer) {}

  /**
   * Returns at once and never fails: a broker that is away may keep nobody from signing in, nor from signing out. It's
   * sent once more when the first time fails, under the same id, so that it's told once if both arrive.
   */
  tell(type: SecurityEventType, customerId: string, device?: string): void {
    const event: SecurityEvent = {
      eventId: randomUUID(),
      type,
      customerId,
      device,
      occurredAt: new Date().toISOString(),
    };
    if (this.underWay >= MAX_UNDER_WAY) {
      this.logger.warn(
        `Nobody is told of a ${type}: ${MAX_UNDER_WAY} such events wait for the broker already`,
      );
      return;
    }
    this.underWay++;
    void this.send(event).finally(() => this.underWay--);
  }

  private async send(event: SecurityEvent): Promise<void> {
    const message: Outgoing = {
      topic: TOPICS.customerEvents.name,
      key: event.customerId,
      value: event,
      type: TYPES[event.type],
      id: event.eventId,
    };
    try {
      await this.producer.send([message]).catch(() => this.producer.send([message]));
    } catch (error) {
      this.logger.warn(`Nobody is told of a ${event.type}: ${String(error)}`);
    }
  }
}
