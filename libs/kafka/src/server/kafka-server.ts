import { ServerKafka } from '@nestjs/microservices';
import type { KafkaServerOptions } from '../kafka-server.options.js';

export class KafkaServer extends ServerKafka {
  constructor(readonly kafka: KafkaServerOptions) {
    super({ client: { brokers: kafka.brokers } });
  }
}
