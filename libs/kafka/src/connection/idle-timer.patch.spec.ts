import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { patchIdleTimer, type RequestQueueInternals } from './idle-timer.patch.js';
import { patchKafkaJs } from './kafkajs.patches.js';

interface Queue extends RequestQueueInternals {
  waitForPendingRequests(): Promise<void>;
  push(request: object): void;
}

// @ts-expect-error kafkajs has no types for its internals
const module = (await import('kafkajs/src/network/requestQueue/index.js')) as {
  default: new (options: object) => Queue;
};
const logger = { debug: () => undefined, warn: () => undefined };

function queueOf(more: object = {}): Queue {
  return new module.default({
    maxInFlightRequests: null,
    requestTimeout: 60,
    enforceRequestTimeout: true,
    clientId: 'test',
    broker: 'test',
    logger,
    ...more,
  });
}

const requestOf = (correlationId: number, reject: (error: Error) => void = () => undefined) => ({
  entry: { apiKey: 3, apiName: 'Metadata', apiVersion: 1, correlationId, resolve: () => undefined, reject },
  expectResponse: true,
  sendRequest: () => undefined,
});

describe('the idle timer patch', () => {
  beforeAll(() => patchKafkaJs());

  it('fits the kafkajs that is installed', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    expect(patchIdleTimer(module.default as never)).toBe(true);
    expect(warn).not.toHaveBeenCalled();
  });

  it('leaves an idle queue without a timer', () => {
    const queue = queueOf();
    queue.checkPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('still looks after requests that wait, and after throttling', () => {
    const busy = queueOf({ maxInFlightRequests: 1 });
    busy.push(requestOf(1));
    busy.push(requestOf(2));
    expect(busy.pending).toHaveLength(1);
    expect(busy.throttleCheckTimeoutId).not.toBeNull();
    busy.destroy();
    const throttled = queueOf();
    throttled.throttledUntil = Date.now() + 10_000;
    throttled.checkPendingRequests();
    expect(throttled.throttleCheckTimeoutId).not.toBeNull();
    throttled.destroy();
  });

  it('still ends requests that get no answer', async () => {
    const queue = queueOf();
    queue.scheduleRequestTimeoutCheck();
    const error = await new Promise<Error>((reject) => queue.push(requestOf(1, reject)));
    expect(error.message).toContain('timed out');
    queue.destroy();
  });

  it('lets a queue be waited for again and again without a warning about listeners', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.name);
    process.on('warning', listen);
    const queue = queueOf();
    queue.push(requestOf(1));
    for (let round = 0; round < 20; round++) void queue.waitForPendingRequests();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  it('leaves alone what it does not know', () => {
    expect(patchIdleTimer(undefined as never)).toBe(false);
    expect(patchIdleTimer(class {} as never)).toBe(false);
    class Other {
      setMaxListeners() {}
      checkPendingRequests() {}
      scheduleRequestTimeoutCheck() {}
      scheduleCheckPendingRequests() {}
    }
    const before = Other.prototype.scheduleCheckPendingRequests;
    expect(patchIdleTimer(Other as never)).toBe(false);
    expect(Other.prototype.scheduleCheckPendingRequests).toBe(before);
  });
});
