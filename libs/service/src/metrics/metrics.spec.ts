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

  it('keeps the registries of two services apart', async () => {
    const other = new Metrics();
    other.counter('transfers_total', 'Transfers');
    expect(await other.registry.metrics()).not.toContain('status="completed"');
  });
});
