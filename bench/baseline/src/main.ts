import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createTopics } from './create-topics.js';
import { GatewayModule } from './gateway.js';
import { serverOf } from './kafka.js';
import { PORT } from './settings.js';
import { TransactionManagerModule } from './transaction-manager.js';
import { TransactionModule } from './transaction.js';

/**
 * Nest's Kafka transport as it comes: `ClientKafka.send` → `@MessagePattern` → `send` → `@MessagePattern`, the reply back the
 * same way. One program, three processes: `gateway`, `transaction-manager` and `transaction`.
 */
const logger: ['error', 'warn'] = ['error', 'warn'];

async function startWorker(service: string, module: object): Promise<void> {
  const app = await NestFactory.createMicroservice(module, { ...serverOf(service), logger });
  app.enableShutdownHooks();
  await app.listen();
}

async function startGateway(): Promise<void> {
  const app = await NestFactory.create(GatewayModule, new FastifyAdapter(), { logger });
  app.enableShutdownHooks();
  await app.listen(PORT, '127.0.0.1');
}

const service = process.argv[2];
if (service === 'gateway') await startGateway();
else if (service === 'transaction-manager') await startWorker(service, TransactionManagerModule);
else if (service === 'transaction') await startWorker(service, TransactionModule);
else if (service === 'create-topics') await createTopics();
else throw new Error(`"${service}" is none of gateway, transaction-manager, transaction, create-topics`);
