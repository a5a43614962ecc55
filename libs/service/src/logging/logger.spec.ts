import { pino } from 'pino';
import { runWithTrace } from '../tracing/trace-context.js';
import { loggerOptions } from './logger.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('the logger', () => {
  const lines: string[] = [];
  const logger = pino(
    loggerOptions(
      { LOG_LEVEL: 'info' },
      { service: 'customer', instance: 'customer-1' },
      {
        OPERATOR_PASSWORD: 'canary-operator',
      },
    ),
    { write: (line: string) => void lines.push(line) },
  );
  const last = () => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

  it('writes one JSON object a line that says who, when and in which trace', () => {
    runWithTrace(`00-${TRACE}-00f067aa0ba902b7-01`, () => logger.info({ n: 1 }, 'hello'));
    expect(last()).toMatchObject({
      level: 'info',
      service: 'customer',
      instance: 'customer-1',
      traceId: TRACE,
      n: 1,
      msg: 'hello',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('carries no secret, whichever way it came in', () => {
    const error = Object.assign(new Error('sign-in of canary-operator failed'), {
      parameters: ['canary-parameter'],
      cause: new Error('postgres://role:canary-database@db/bank'),
    });
    logger.error({
      err: error,
      request: { headers: { cookie: 'canary-cookie' } },
      sealedPassword: 'canary-sealed',
    });
    logger.error(error);
    logger.info('transfer to %s', 'QP76KPCK000012345678');
    expect(lines.join('')).not.toMatch(/canary|QP76/);
    expect(last()).toMatchObject({ msg: 'transfer to …5678' });
  });

  it('keeps the stack and the code of an error', () => {
    logger.error({ err: Object.assign(new Error('no'), { code: '57P01' }) });
    expect(last().err).toMatchObject({
      type: 'Error',
      code: '57P01',
      stack: expect.stringContaining('logger.spec'),
    });
  });
});
