import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from one millisecond to ten seconds. */
export const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The event loop's delay is sampled by a timer: five times a second tells enough and costs next to nothing. */
const EVENT_LOOP_SAMPLE_MS = 200;

/**
 * The process's metrics, read by Prometheus at /metrics. Asking twice for one name gives the same metric. Labels must
 * have few values: never an id, an address or an amount.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: EVENT_LOOP_SAMPLE_MS });
  }

  counter<Label extends string = string>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
  ): Counter<Label> {
    return this.once(name, () => new Counter({ name, help, labelNames: labels, registers: [this.registry] }));
  }

  /** Buckets are in seconds unless given. */
  histogram<Label extends string = string>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
    buckets: readonly number[] = LATENCY_BUCKETS,
  ): Histogram<Label> {
    return this.once(
      name,
      () =>
        new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [this.registry] }),
    );
  }

  /** With `read`, the value is asked for when somebody scrapes, so that nothing runs in between. */
  gauge<Label extends string = string>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
    read?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    return this.once(
      name,
      () =>
        new Gauge({
          name,
          help,
          labelNames: labels,
          registers: [this.registry],
          ...(read && {
            collect(this: Gauge<Label>) {
              return read(this);
            },
          }),
        }),
    );
  }

  private once<M>(name: string, create: () => M): M {
    return (this.registry.getSingleMetric(name) as M | undefined) ?? create();
  }
}
