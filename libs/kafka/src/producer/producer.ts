import { Injectable, Logger } from '@nestjs/common';
import { untilItWorks } from '../connection/patience.js';
import type { Reading } from '../health/kafka-health.js';
import type { KafkaOptions } from '../kafka-options.js';
import { envelopeOf } from '../messages/envelope.js';
import type { Outgoing } from '../messages/outgoing.js';
import { Outbox } from './outbox.js';
import { openProducerLink, type TopicMessage } from './producer-link.js';

/** Sends messages; all that is sent within one turn of the event loop, or during a request, goes in one request. */
@Injectable()
export class Producer {
  private readonly logger = new Logger(Producer.name);
  private readonly stopping = new AbortController();
  private readonly outbox: Outbox;
  private readonly source: string;

  constructor(
    private readonly options: KafkaOptions,
    part = 'producer',
  ) {
    this.outbox = new Outbox(() => openProducerLink(options, part));
    this.source = `/${options.service}`;
  }

  /** Waits for the broker for as long as it takes, and says so. */
  async connect(): Promise<void> {
    await untilItWorks(() => this.outbox.connect(), {
      what: `the broker at ${this.options.brokers.join(', ')}, to send messages`,
      logger: this.logger,
      signal: this.stopping.signal,
    });
  }

  /**
   * Resolves when all replicas that must have acknowledged all of the messages.
   *
   * @throws {BrokerUnavailable} certainly nothing was sent, known within two seconds · {OutcomeUnknown} something may
   * have been · {Overloaded} too much waits already, nothing was sent.
   */
  async send(messages: readonly Outgoing[]): Promise<void> {
    const time = new Date().toISOString();
    const context = { source: this.source, time, traceparent: this.options.trace?.current() };
    await this.sendMessages(
      messages.map((outgoing) => ({ topic: outgoing.topic, message: envelopeOf(outgoing, context) })),
    );
  }

  /** The same for messages that are in their final form: dead letters, questions, answers. */
  async sendMessages(messages: readonly TopicMessage[]): Promise<void> {
    await this.outbox.send(messages);
  }

  /** Why nothing can be sent, as far as is known. */
  check(): string | undefined {
    return this.outbox.check();
  }

  /** For metrics: a queue that grows says that the broker is slower than this process. */
  readings(): Reading[] {
    return [
      {
        name: 'kopeck_kafka_producer_queue_messages',
        help: 'Messages that wait for their produce request or for its acknowledgement',
        value: this.outbox.waiting,
      },
    ];
  }

  /** Sends what waits and disconnects. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.outbox.close();
  }

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
