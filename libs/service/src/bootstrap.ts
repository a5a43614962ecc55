import 'reflect-metadata';
import type { ServiceName } from '@kopeck/contracts';
import { KafkaServer } from '@kopeck/kafka';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthCheckService } from '@nestjs/terminus';
import type { Logger } from 'nestjs-pino';
import { HealthRegistry } from './health/health-registry.js';
import { Heartbeat } from './heartbeat/heartbeat.js';
import { createHttpAdapter } from './http/http-adapter.js';
import { addManagementRoutes } from './http/management-routes.js';
import { addRequestHooks } from './http/request-hooks.js';
import { createLogger, loggerParams } from './logging/logger.js';
import { KafkaMetricsRecorder } from './metrics/kafka-metrics.js';
import { Metrics } from './metrics/metrics.js';
import { watchPart } from './metrics/part-metrics.js';
import { endOnFatalErrors, limitStop } from './process-guards.js';
import { partsOf, type ServicePart } from './service-part.js';
import { BaseSettings } from './settings/base.settings.js';
import { readSettings } from './settings/settings.reader.js';

export interface BootstrapOptions {
  readonly service: ServiceName;
  /** A worker shares its consumer group with its replicas; every gateway reads all of it, in a group of its own. */
  readonly mode: 'worker' | 'gateway';
  /** Plugins, pipes, filters: called before anything starts. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** `sysexits.h`, EX_CONFIG: a supervisor should not start it again before somebody has mended the settings. */
const EXIT_CONFIGURATION = 78;

/** Starts a service: settings checked, everything connected, consuming, listening; and stops it in order. */
export async function bootstrap(module: Type, options: BootstrapOptions): Promise<void> {
  const parts = await partsOf(module);
  const faults = parts.flatMap((part) => part.faultsOf?.(process.env) ?? []);
  if (faults.length > 0) refuse(options.service, faults);
  const { settings } = readSettings(BaseSettings, process.env);
  const identity = { service: options.service, instance: settings.INSTANCE };
  const logger = createLogger(await loggerParams(settings, identity));
  endOnFatalErrors(logger);
  try {
    const app = await start(module, options, settings, parts, logger);
    logger.log(`${identity.instance} is up at ${await app.getUrl()}`, 'Bootstrap');
  } catch (error) {
    logger.fatal(error, 'Bootstrap');
    process.exit(1);
  }
}

async function start(
  module: Type,
  options: BootstrapOptions,
  settings: BaseSettings,
  parts: readonly ServicePart[],
  logger: Logger,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, createHttpAdapter(settings), {
    logger,
    abortOnError: false,
  });
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  limitStop(settings.STOP_TIMEOUT_MS, logger);
  const metrics = app.get(Metrics);
  const health = app.get(HealthRegistry);
  const fastify = app.getHttpAdapter().getInstance();
  addRequestHooks(fastify, metrics, logger);
  addManagementRoutes(fastify, {
    health,
    checks: app.get(HealthCheckService),
    metrics,
    metricsToken: settings.METRICS_TOKEN,
  });
  await options.configure?.(app);
  consume(app, options, settings, parts, metrics);
  for (const part of parts) watchPart(part, app, health, metrics);
  await app.init();
  await app.startAllMicroservices();
  await app.listen(options.mode === 'gateway' ? settings.PORT : settings.MANAGEMENT_PORT, settings.HOST);
  return app;
}

function consume(
  app: NestFastifyApplication,
  { service, mode }: BootstrapOptions,
  settings: BaseSettings,
  parts: readonly ServicePart[],
  metrics: Metrics,
): void {
  const strategy = new KafkaServer({
    brokers: settings.brokers,
    service,
    instance: settings.INSTANCE,
    mode: mode === 'gateway' ? 'broadcast' : 'shared',
    isTransient: (error) => parts.some((part) => part.isTransient?.(error) === true),
    metrics: new KafkaMetricsRecorder(metrics),
  });
  app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  if (mode === 'worker') app.get(Heartbeat).consumerGroup = service;
}

/** Plain sentences, all of them at once: nobody likes to mend one fault a start. */
function refuse(service: ServiceName, faults: readonly string[]): never {
  const list = [...new Set(faults)].map((fault) => `  - ${fault}`).join('\n');
  process.stderr.write(
    `The ${service} service can't start: ${faults.length === 1 ? 'a setting is' : 'settings are'} wrong.\n${list}\n` +
      'Set them in the environment or in .env; .env.example shows them all.\n',
  );
  process.exit(EXIT_CONFIGURATION);
}
