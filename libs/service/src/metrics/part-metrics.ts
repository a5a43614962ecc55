import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HealthRegistry } from '../health/health-registry.js';
import type { ServicePart } from '../service-part.js';
import type { Metrics } from './metrics.js';

/** Lets a library's provider take part in readiness, and its readings in the metrics. */
export function watchPart(
  part: ServicePart,
  app: Pick<NestFastifyApplication, 'get'>,
  health: HealthRegistry,
  metrics: Metrics,
): void {
  if (!part.health) return;
  const provider = app.get(part.health.token, { strict: false });
  health.add(part.health.name, () => provider.check());
  for (const name of Object.keys(provider.readings?.() ?? {})) {
    metrics.gauge(name, `Read from ${part.health.name}`, [], (gauge) => {
      gauge.set(provider.readings!()[name] ?? 0);
    });
  }
}
