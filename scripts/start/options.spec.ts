import { TOPICS, type Topic } from '@kopeck/contracts';
import { MAX_REPLICAS, readOptions } from './options.mjs';

const one = {
  gateway: 1,
  customer: 1,
  'transaction-manager': 1,
  transaction: 1,
  'currency-converter': 1,
  notification: 1,
};

describe('options of npm start', () => {
  it('needs none', () => {
    expect(readOptions([])).toEqual({ port: 3000, replicas: one, reset: false, seed: true, help: false });
  });

  it('takes the port of the environment, and the one given before it', () => {
    expect(readOptions([], { PORT: '4000' }).port).toBe(4000);
    expect(readOptions(['--port', '5000'], { PORT: '4000' }).port).toBe(5000);
    expect(readOptions(['--port=5001']).port).toBe(5001);
  });

  it('scales several services', () => {
    const { replicas } = readOptions(['--scale', 'transaction=3', '--scale=customer=2']);
    expect(replicas).toEqual({ ...one, transaction: 3, customer: 2 });
  });

  it('seeds no demo customers into production', () => {
    expect(readOptions([], { NODE_ENV: 'production' }).seed).toBe(false);
    expect(readOptions(['--no-seed', '--reset'])).toMatchObject({ seed: false, reset: true });
  });

  it.each([
    [['--frobnicate'], /knows no "--frobnicate"/],
    [['--port'], /--port needs a port/],
    [['--port', '70000'], /not "70000"/],
    [['--scale', 'transaction'], /--scale needs a service and a number/],
    [['--scale', 'payments=2'], /no service "payments"/],
    [['--scale', 'transaction=0'], /1 to 6 replicas/],
    [['--scale', 'transaction=7'], /6 partitions/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it('allows as many replicas as the topics have partitions', () => {
    const shared = Object.values<Topic>(TOPICS).filter(
      ({ kind }) => kind === 'question' || kind === 'command',
    );
    expect(Math.min(...shared.map(({ partitions }) => partitions))).toBe(MAX_REPLICAS);
  });
});
