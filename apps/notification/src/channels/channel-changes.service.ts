import { TOPICS, uuidV5, type ChannelName, type NotificationRequest } from '@kopeck/contracts';
import { Producer } from '@kopeck/kafka';
import { Injectable } from '@nestjs/common';

const NAMESPACE = 'c8a1f4de-35b7-4f0a-9d26-7e41b90c5a11';

export interface ChannelChange {
  readonly customerId: string;
  readonly channel: ChannelName;
  readonly action:
    | 'created'
    | 'changed'
    | 'removed'
    | 'secret_rotated'
    | 'disabled_gone'
    | 'disabled_failing'
    | 'linked'
    | 'confirmed';
  /** Names this very change: the same one asks for the same notification. */
  readonly name: string;
}

/**
 * Tells people that something about how they are reached has changed: it may not have been them.
 *
 * Called inside the transaction that changes it, as the last thing before it commits: what can't be told isn't changed
 * either. A crash in between tells of a change that then is tried again, or not at all; the other way round would be worse.
 */
@Injectable()
export class ChannelChanges {
  constructor(private readonly producer: Producer) {}

  /** @throws when the broker doesn't have it. */
  async tell({ customerId, channel, action, name }: ChannelChange): Promise<void> {
    const value: NotificationRequest = {
      notificationId: uuidV5(NAMESPACE, `${customerId}\0${channel}\0${action}\0${name}`),
      type: 'channel_changed',
      customerId,
      data: { channel, action },
      occurredAt: new Date().toISOString(),
    };
    await this.producer.send([
      {
        topic: TOPICS.notificationRequests.name,
        key: customerId,
        value,
        type: 'kopeck.notification.requested.v1',
        id: value.notificationId,
      },
    ]);
  }
}
