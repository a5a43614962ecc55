import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from one millisecond to ten seconds. */
export const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * prom-client samples the event loop's delay by a timer, whose own interval is part of what it then shows as lag: an idle process
 * would be told to lag by it, and be woken for it. This never comes (2^31 - 1 ms is the longest a timer can wait).
 */
const NEVER_MS = 2 ** 31 - 1;
const SAMPLED_BY_TIMER = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
  (name) => `nodejs_eventloop_lag_${name}_seconds`,
);

/**
 * The process's metrics, read by Prometheus at /metrics. Asking twice for one name gives the same metric. Labels must
 * have few values: never an id, an address or an amount.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: NEVER_MS });
    for (const name of SAMPLED_BY_TIMER) this.registry.removeSingleMetric(name);
    this.showUtilization();
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

  /** How busy the event loop was since it was last asked; Node counts that itself, so no timer is needed. */
  private showUtilization(): void {
    let last = performance.eventLoopUtilization();
    const help = 'Part of the time since the last scrape in which the event loop had work, 0 to 1';
    this.gauge('nodejs_eventloop_utilization_ratio', help, [], (gauge) => {
      const now = performance.eventLoopUtilization();
      gauge.set(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
  }

  private once<M>(name: string, create: () => M): M {
    return (this.registry.getSingleMetric(name) as M | undefined) ?? create();
  }
}
