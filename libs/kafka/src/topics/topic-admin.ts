import type { KafkaOptions } from '../kafka-options.js';

export interface TopicLag {
  readonly topic: string;
  readonly lag: bigint;
}

export class TopicAdmin {
  constructor(readonly options: KafkaOptions) {}

  async ensureTopics(_replicationFactor = 1): Promise<void> {
    throw new Error('The topic admin is being written');
  }

  async ensureReplyTopic(_instance: string): Promise<void> {
    throw new Error('The topic admin is being written');
  }

  async deleteTopics(_names: readonly string[]): Promise<void> {
    throw new Error('The topic admin is being written');
  }

  async lag(_groupId: string): Promise<TopicLag[]> {
    throw new Error('The topic admin is being written');
  }

  async close(): Promise<void> {}
}
