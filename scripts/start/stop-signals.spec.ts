import { onStopSignals } from './stop-signals.mjs';

describe('onStopSignals', () => {
  const before = new Map(
    ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'].map((name) => [name, process.listeners(name as 'SIGINT')]),
  );
  afterEach(() => {
    for (const [name, listeners] of before) {
      for (const listener of process.listeners(name as 'SIGINT'))
        if (!listeners.includes(listener)) process.off(name, listener);
    }
  });

  const watch = () => {
    const seen = { stops: 0, seconds: 0, now: 1_000 };
    onStopSignals({ onStop: () => seen.stops++, onSecond: () => seen.seconds++, now: () => seen.now });
    return seen;
  };

  it('takes the copies of one Ctrl-C for one', () => {
    const seen = watch();
    process.emit('SIGINT');
    seen.now += 100;
    process.emit('SIGINT');
    expect(seen).toMatchObject({ stops: 1, seconds: 0 });
  });

  it('hears the second Ctrl-C', () => {
    const seen = watch();
    process.emit('SIGINT');
    seen.now += 1_000;
    process.emit('SIGTERM');
    expect(seen).toMatchObject({ stops: 1, seconds: 1 });
  });

  it('stops when the parent is gone', () => {
    const seen = watch();
    process.emit('disconnect');
    expect(seen.stops).toBe(1);
  });
});
