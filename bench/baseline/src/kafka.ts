import { ClientsModule, Transport, type KafkaOptions } from '@nestjs/microservices';
import { BROKERS } from './settings.js';

/** As in Nest's documentation. The one option beyond the defaults: a topic's six partitions are consumed concurrently. */
function kafka(name: string): KafkaOptions {
  return {
    transport: Transport.KAFKA,
    options: {
      client: { clientId: name, brokers: BROKERS },
      consumer: { groupId: name },
      run: { partitionsConsumedConcurrently: 6 },
    },
  };
}

export const KAFKA_CLIENT = 'KAFKA_CLIENT';

export const serverOf = (service: string): KafkaOptions => kafka(`baseline-${service}`);

export const clientOf = (service: string) =>
  ClientsModule.register([{ name: KAFKA_CLIENT, ...kafka(`baseline-${service}`) }]);
