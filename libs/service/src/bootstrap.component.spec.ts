import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { ServiceHeartbeat, TOPICS } from '@kopeck/contracts';
import { batchOf, Producer, TopicAdmin, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller, Get, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { bootstrap } from './bootstrap.js';
import { HealthRegistry } from './health/health-registry.js';
import { ServiceModule } from './service.module.js';
import { currentTrace } from './tracing/trace-context.js';

const INSTANCE = `gateway-test-${randomUUID().slice(0, 8)}`;
const TRACE = randomUUID().replaceAll('-', '');

const heard: ServiceHeartbeat[] = [];
const happened: string[] = [];
let probe: Probe;
const keep = (made: Probe) => void (probe = made);

@Controller()
class HeartbeatsController {
  @EventPattern(TOPICS.serviceHeartbeats.name, Transport.KAFKA, batchOf(ServiceHeartbeat))
  hear(@Payload() batch: Received<ServiceHeartbeat>[]): Outgoing[] {
    heard.push(...batch.map(({ value }) => value).filter(({ instance }) => instance === INSTANCE));
    return [];
  }

  @Get('slow')
  async slow() {
    happened.push('request begins');
    await until(() => happened.includes('stopping'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    happened.push('request ends');
    return { traceId: currentTrace()?.traceId };
  }
}

@Injectable()
class Probe implements OnApplicationShutdown {
  constructor(
    readonly http: HttpAdapterHost,
    readonly health: HealthRegistry,
    readonly producer: Producer,
    readonly topics: TopicAdmin,
  ) {
    keep(this);
  }

  onModuleDestroy(): void {
    happened.push('stopping');
  }

  onApplicationShutdown(): void {
    happened.push('resources close');
  }

  async onModuleInit(): Promise<void> {
    await this.topics.ensureTopics(1);
  }

  get url(): string {
    const { port } = this.http.httpAdapter.getHttpServer().address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }
}

@Module({
  imports: [ServiceModule.forRoot({ service: 'gateway' })],
  controllers: [HeartbeatsController],
  providers: [Probe],
})
class AppModule {}

describe('a service from its start to its stop', () => {
  const environment = { ...process.env };
  let exit: jest.SpiedFunction<typeof process.exit>;

  beforeAll(async () => {
    // The limit of the stop outlives this suite in Jest's process: long enough never to come true.
    const STOP_TIMEOUT_MS = '600000';
    Object.assign(process.env, {
      INSTANCE,
      PORT: '0',
      LOG_LEVEL: 'silent',
      NODE_ENV: 'test',
      STOP_TIMEOUT_MS,
    });
    exit = jest.spyOn(process, 'exit').mockImplementation((() => happened.push('exit')) as never);
    await bootstrap(AppModule, { service: 'gateway', mode: 'gateway' });
  }, 60_000);

  afterAll(() => {
    exit.mockRestore();
    process.env = environment;
  });

  it('is ready when Kafka is, and says who is not', async () => {
    await until(async () => (await fetch(`${probe.url}/health/ready`)).status === 200);
    const body = (await (await fetch(`${probe.url}/health/ready`)).json()) as { info: object };
    expect(body.info).toHaveProperty('kafka');
    probe.health.add('seeds', async () => Promise.reject(new Error('not planted')));
    const response = await fetch(`${probe.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { seeds: { message: 'not planted' } } });
  });

  it('says on Kafka that it is there, and how it feels', async () => {
    await until(() => heard.some(({ status }) => status === 'degraded'), 15_000);
    expect(heard.at(-1)).toMatchObject({ service: 'gateway', problem: 'seeds: not planted' });
  }, 20_000);

  it('measures what it handled', async () => {
    await until(async () => {
      const text = await (await fetch(`${probe.url}/metrics`)).text();
      return text.includes(`kopeck_kafka_batch_messages_count{topic="${TOPICS.serviceHeartbeats.name}"}`);
    });
  });

  it('ends requests under way first, resources last, and then the process with 0', async () => {
    const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };
    const answer = fetch(`${probe.url}/slow`, { headers });
    await until(() => happened.includes('request begins'));
    process.emit('SIGTERM');
    expect(await (await answer).json()).toEqual({ traceId: TRACE });
    await until(() => happened.includes('exit'), 15_000);
    expect(happened).toEqual(['request begins', 'stopping', 'request ends', 'resources close', 'exit']);
    expect(exit).toHaveBeenCalledWith(0);
  }, 20_000);
});

async function until(condition: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
