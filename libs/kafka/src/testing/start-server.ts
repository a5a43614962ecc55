import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { INestMicroservice } from '@nestjs/common';
import type { KafkaServerOptions } from '../kafka-server.options.js';
import { KafkaModule } from '../kafka.module.js';
import { KafkaServer } from '../server/kafka-server.js';
import type { TemporaryKafka } from './temporary-kafka.js';

export interface StartedServer {
  readonly app: INestMicroservice;
  readonly server: KafkaServer;
}

/** A service of one controller, consuming. */
export async function startServer(
  kafka: TemporaryKafka,
  controller: Type | object,
  options: KafkaServerOptions,
): Promise<StartedServer> {
  const type = typeof controller === 'function' ? (controller as Type) : (controller.constructor as Type);
  const builder = Test.createTestingModule({ imports: [KafkaModule.forRoot(options)], controllers: [type] });
  const testing = await builder.compile();
  const server = new KafkaServer(options);
  const app = testing.createNestMicroservice({ strategy: server, logger: ['error', 'fatal'] });
  await app.listen();
  kafka.closeLater(() => app.close());
  return { app, server };
}
