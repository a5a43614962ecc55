import { HealthRegistry } from './health-registry.js';

describe('HealthRegistry', () => {
  it('is ready when nothing objects', async () => {
    const registry = new HealthRegistry();
    registry.add('database', async () => undefined);
    expect(await registry.report()).toEqual({ ready: true, problems: { database: null } });
  });

  it('says who objects and why', async () => {
    const registry = new HealthRegistry();
    registry.add('database', async () => undefined);
    registry.add('redis', async () => Promise.reject(new Error('connection refused')));
    registry.add('seed', () => {
      throw new Error('not planted');
    });
    expect(await registry.report()).toEqual({
      ready: false,
      problems: { database: null, redis: 'connection refused', seed: 'not planted' },
    });
  });

  it('does not wait for a check that hangs', async () => {
    const registry = new HealthRegistry();
    registry.add('stuck', () => new Promise(() => undefined));
    expect((await registry.report()).problems.stuck).toMatch(/no answer within/);
  });

  it('refuses a second check of one name', () => {
    const registry = new HealthRegistry();
    registry.add('database', async () => undefined);
    expect(() => registry.add('database', async () => undefined)).toThrow(/already/);
  });
});
