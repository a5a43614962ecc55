import type { ServiceName } from '@kopeck/contracts';
import { KafkaServer } from '@kopeck/kafka';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KafkaMetricsRecorder } from './metrics/kafka-metrics.js';
import { Metrics } from './metrics/metrics.js';
import type { ServicePart } from './service-part.js';
import { TRACE_SOURCE } from './tracing/trace-context.js';
import type { BaseSettings } from './settings/base.settings.js';

export interface KafkaConnection {
  readonly service: ServiceName;
  readonly mode: 'worker' | 'gateway';
  readonly settings: BaseSettings;
  readonly parts: readonly ServicePart[];
}

/** Hangs the batch server on the app. An error is transient when any of the app's libraries says so. */
export function connectKafka(
  app: NestFastifyApplication,
  { service, mode, settings, parts }: KafkaConnection,
): KafkaServer {
  const strategy = new KafkaServer({
    brokers: settings.brokers,
    service,
    instance: settings.INSTANCE,
    trace: TRACE_SOURCE,
    mode: mode === 'gateway' ? 'broadcast' : 'shared',
    isTransient: (error: unknown) => parts.some((part) => part.isTransient?.(error) === true),
    metrics: new KafkaMetricsRecorder(app.get(Metrics)),
  });
  app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  return strategy;
}
