import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Counter, Gauge } from 'prom-client';
import type { HealthRegistry } from '../health/health-registry.js';
import type { Checked, ServicePart } from '../service-part.js';
import type { Metrics } from './metrics.js';

/** Lets a library's provider take part in readiness, and its readings in the metrics. */
export function watchPart(
  part: ServicePart,
  app: Pick<NestFastifyApplication, 'get'>,
  health: HealthRegistry,
  metrics: Metrics,
): void {
  if (!part.health) return;
  const provider = app.get<Checked>(part.health.token, { strict: false });
  health.add(part.health.name, () => provider.check());
  for (const { name, help } of provider.readings?.() ?? []) {
    const read = () => provider.readings!().find((reading) => reading.name === name)?.value ?? 0;
    register(metrics, name, help, read);
  }
}

function register(metrics: Metrics, name: string, help: string, read: () => number): void {
  const registers = [metrics.registry];
  if (!name.endsWith('_total')) {
    new Gauge({
      name,
      help,
      registers,
      collect: function () {
        this.set(read());
      },
    });
    return;
  }
  // The provider counts by itself; the metric repeats its number.
  new Counter({
    name,
    help,
    registers,
    collect: function () {
      this.reset();
      this.inc(read());
    },
  });
}
