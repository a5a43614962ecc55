import { Injectable } from '@nestjs/common';
import type { KafkaOptions } from '../kafka-options.js';
import type { Outgoing } from '../messages/outgoing.js';

@Injectable()
export class Producer {
  constructor(readonly options: KafkaOptions) {}

  async send(_messages: Outgoing[]): Promise<void> {
    throw new Error('The producer is being written');
  }
}
