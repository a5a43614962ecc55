import { Metrics } from './metrics.js';

describe('Metrics', () => {
  const metrics = new Metrics();

  it('gives one metric for one name', () => {
    const first = metrics.counter('transfers_total', 'Transfers', ['status']);
    expect(metrics.counter('transfers_total', 'Transfers', ['status'])).toBe(first);
    first.inc({ status: 'completed' }, 2);
    return expect(metrics.registry.metrics()).resolves.toContain('transfers_total{status="completed"} 2');
  });

  it('asks for a gauge only when somebody reads', async () => {
    let readings = 0;
    metrics.gauge('depth', 'Depth', [], (gauge) => gauge.set(++readings));
    expect(readings).toBe(0);
    expect(await metrics.registry.metrics()).toContain('depth 1');
  });

  it('has the process itself', async () => {
    expect(await metrics.registry.metrics()).toContain('process_cpu_seconds_total');
  });

  it('says how busy the event loop was since the last reading, and nothing of lags that a timer would make up', async () => {
    const utilization = async () =>
      Number(/^nodejs_eventloop_utilization_ratio (\S+)$/m.exec(await metrics.registry.metrics())?.[1]);
    await utilization();
    const until = performance.now() + 50;
    while (performance.now() < until);
    // Work counts once its turn of the loop is over.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await utilization()).toBeGreaterThan(0.5);
    expect(await metrics.registry.metrics()).not.toContain('nodejs_eventloop_lag_mean_seconds');
  });

  it('keeps the registries of two services apart', async () => {
    const other = new Metrics();
    other.counter('transfers_total', 'Transfers');
    expect(await other.registry.metrics()).not.toContain('status="completed"');
  });
});
