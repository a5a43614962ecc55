import { continueTrace, currentTrace, parseTraceparent, runWithTrace } from './trace-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('trace context (W3C)', () => {
  it('goes on with the trace under a span of its own', () => {
    const { traceId, traceparent } = continueTrace(PARENT);
    expect(traceId).toBe(TRACE);
    expect(traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(traceparent).not.toBe(PARENT);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    PARENT.toUpperCase(),
    `${PARENT}-${'x'.repeat(300)}`,
  ])('starts a new trace for %p', (header) => {
    const { traceId, traceparent } = continueTrace(header);
    expect(traceId).not.toBe(TRACE);
    expect(parseTraceparent(traceparent)?.traceId).toBe(traceId);
  });

  it('takes a later version with more fields', () => {
    expect(parseTraceparent(`01-${TRACE}-00f067aa0ba902b7-01-more`)?.traceId).toBe(TRACE);
  });

  it('follows the work, not the clock', async () => {
    const seen = (header: string) =>
      runWithTrace(header, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return currentTrace()?.traceId;
      });
    const other = PARENT.replace('4bf9', 'aaaa');
    expect(await Promise.all([seen(PARENT), seen(other)])).toEqual([TRACE, TRACE.replace('4bf9', 'aaaa')]);
    expect(currentTrace()).toBeUndefined();
  });

  it('never gives one id twice', () => {
    const ids = new Set(Array.from({ length: 5_000 }, () => continueTrace(undefined).traceId));
    expect(ids.size).toBe(5_000);
  });
});
