import { replyTopicOf, type Question } from '@kopeck/contracts';
import { ClientKafka } from '@nestjs/microservices';
import type { KafkaOptions } from '../kafka-options.js';

export interface AskOptions {
  readonly key: string;
  readonly timeoutMs?: number;
}

export class QuestionClient extends ClientKafka {
  readonly replyTopic: string;

  constructor(kafka: KafkaOptions) {
    super({ client: { brokers: kafka.brokers } });
    this.replyTopic = replyTopicOf(kafka.instance);
  }

  async ask<Req extends object, Answer>(
    _question: Question<Req, Answer>,
    _request: Req,
    _options: AskOptions,
  ): Promise<Answer> {
    throw new Error('The question client is being written');
  }

  expect<T>(_correlationId: string, _onReply: (answer: T) => void): () => void {
    throw new Error('The question client is being written');
  }
}
