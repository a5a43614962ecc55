import 'reflect-metadata';
import type { ServiceName } from '@kopeck/contracts';
import type { KafkaServer } from '@kopeck/kafka';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthCheckService } from '@nestjs/terminus';
import { HealthRegistry } from './health/health-registry.js';
import { Heartbeat } from './heartbeat/heartbeat.js';
import { createHttpAdapter, type EarlyErrorHandlers } from './http/http-adapter.js';
import { addManagementRoutes } from './http/management-routes.js';
import { addRequestHooks, closeIdleConnections } from './http/request-hooks.js';
import { connectKafka } from './kafka.js';
import { loggerParams, ServiceLogger } from './logging/logger.js';
import { Metrics } from './metrics/metrics.js';
import { watchPart } from './metrics/part-metrics.js';
import { endOnFatalErrors, limitStop } from './process-guards.js';
import { partsOf, type ServicePart } from './service-part.js';
import { readBaseSettings, type BaseSettings } from './settings/base.settings.js';

export interface BootstrapOptions {
  readonly service: ServiceName;
  /** A worker shares its consumer group with its replicas; every gateway reads all of it, in a group of its own. */
  readonly mode: 'worker' | 'gateway';
  /** Plugins, pipes, filters: called before anything starts. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
  readonly earlyErrors?: EarlyErrorHandlers;
}

/** `sysexits.h`, EX_CONFIG: a supervisor should not start it again before somebody has mended the settings. */
const EXIT_CONFIGURATION = 78;

/** Starts a service: settings checked, everything connected, consuming, listening; and stops it in order. */
export async function bootstrap(module: Type, options: BootstrapOptions): Promise<void> {
  const parts = await partsOf(module);
  const faults = parts.flatMap((part) => part.faultsOf?.(process.env) ?? []);
  if (faults.length > 0) return refuse(options.service, faults);
  const { settings } = readBaseSettings(options.service, process.env);
  const identity = { service: options.service, instance: settings.INSTANCE };
  const logger = new ServiceLogger(await loggerParams(settings, identity));
  endOnFatalErrors(logger);
  try {
    const { app, server } = await create(module, options, settings, parts, logger);
    app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
    limitStop(settings.STOP_TIMEOUT_MS, logger);
    await start(app, server, options, settings);
    logger.log(`${identity.instance} is up at ${await app.getUrl()}`, 'Bootstrap');
  } catch (error) {
    logger.fatal(sentenceOf(error, options.mode) ?? error, 'Bootstrap');
    process.exit(1);
  }
}

async function create(
  module: Type,
  { service, mode, configure, earlyErrors }: BootstrapOptions,
  settings: BaseSettings,
  parts: readonly ServicePart[],
  logger: ServiceLogger,
): Promise<{ app: NestFastifyApplication; server: KafkaServer }> {
  const adapter = createHttpAdapter(settings, earlyErrors);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger,
    abortOnError: false,
  });
  const metrics = app.get(Metrics);
  const health = app.get(HealthRegistry);
  const fastify = app.getHttpAdapter().getInstance();
  const metricsToken = settings.METRICS_TOKEN;
  addRequestHooks(fastify, metrics, logger);
  closeIdleConnections(fastify);
  addManagementRoutes(fastify, { health, checks: app.get(HealthCheckService), metrics, metricsToken });
  await configure?.(app);
  const server = connectKafka(app, { service, mode, settings, parts });
  for (const part of parts) watchPart(part, app, health, metrics);
  return { app, server };
}

/** Providers first, then the consumer, then the door: whoever gets in finds everything there. */
async function start(
  app: NestFastifyApplication,
  server: KafkaServer,
  { mode }: BootstrapOptions,
  settings: BaseSettings,
): Promise<void> {
  await app.init();
  await app.startAllMicroservices();
  await app.listen(mode === 'gateway' ? settings.PORT : settings.MANAGEMENT_PORT, settings.HOST);
  app.get(Heartbeat).start(server.consumerGroups);
}

/** What people meet most often at a start, in one sentence; anything else is logged with its stack. */
function sentenceOf(error: unknown, mode: BootstrapOptions['mode']): string | undefined {
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  const setting = mode === 'gateway' ? 'PORT' : 'MANAGEMENT_PORT';
  if (code === 'EADDRINUSE')
    return `${address}:${port} is taken: stop what listens there, or set ${setting} to another one`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${address}: correct HOST`;
  if (code === 'EACCES') return `Listening on port ${port} isn't allowed: set ${setting} to one above 1023`;
  return undefined;
}

/** Plain sentences, all of them at once: nobody likes to mend one fault a start. */
function refuse(service: ServiceName, faults: readonly string[]): void {
  const list = [...new Set(faults)].map((fault) => `  - ${fault}`).join('\n');
  process.stderr.write(
    `The ${service} service can't start: ${faults.length === 1 ? 'a setting is' : 'settings are'} wrong.\n${list}\n` +
      'Set them in the environment or in .env; .env.example shows them all.\n',
  );
  process.exit(EXIT_CONFIGURATION);
}
