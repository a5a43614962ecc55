import { jest } from '@jest/globals';
import type { Logger } from 'nestjs-pino';
import { endOnFatalErrors, limitStop } from './process-guards.js';

describe('the end of a process', () => {
  const fatal = jest.fn();
  const logger = { fatal, log: jest.fn() } as unknown as Logger;
  const before = new Map(
    ['uncaughtException', 'unhandledRejection', 'SIGTERM', 'SIGINT'].map((name) => [
      name,
      process.listeners(name as 'SIGTERM'),
    ]),
  );
  let exit: jest.SpiedFunction<typeof process.exit>;

  /** Calls what was added since, as the event would, without disturbing the test runner's own listeners. */
  function happen(name: string, ...args: unknown[]): void {
    const added = process
      .listeners(name as 'SIGTERM')
      .filter((listener) => !before.get(name)!.includes(listener));
    for (const listener of added) (listener as (...rest: unknown[]) => void)(...args);
  }

  beforeEach(() => {
    jest.useFakeTimers();
    exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    fatal.mockClear();
  });

  afterEach(() => {
    jest.useRealTimers();
    exit.mockRestore();
    for (const [name, kept] of before) {
      for (const listener of process.listeners(name as 'SIGTERM')) {
        if (!kept.includes(listener)) process.removeListener(name, listener);
      }
    }
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'comes with %s, logged and with exit code 1',
    (name) => {
      endOnFatalErrors(logger);
      happen(name, new Error('nobody caught me'));
      expect(fatal).toHaveBeenCalledWith(
        { err: expect.objectContaining({ message: 'nobody caught me' }) },
        expect.any(String),
        'Process',
      );
      expect(exit).toHaveBeenCalledWith(1);
    },
  );

  it('comes with exit code 1 when a stop takes too long', () => {
    limitStop(5_000, logger);
    happen('SIGTERM', 'SIGTERM');
    jest.advanceTimersByTime(4_999);
    expect(exit).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(exit).toHaveBeenCalledWith(1);
  });

  it('does not come without a signal', () => {
    limitStop(5_000, logger);
    jest.advanceTimersByTime(60_000);
    expect(exit).not.toHaveBeenCalled();
  });
});
