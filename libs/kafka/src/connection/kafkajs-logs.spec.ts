import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { logLevel } from 'kafkajs';
import { kafkaJsLogs } from './kafkajs-logs.js';

describe("kafkajs's logs", () => {
  afterEach(() => jest.restoreAllMocks());

  it('say the same once in ten seconds, and what is new at once', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    let now = 0;
    const log = kafkaJsLogs('consumer', () => now)(logLevel.WARN);
    const say = (message: string) =>
      log({ namespace: '', level: logLevel.ERROR, label: '', log: { timestamp: '', message } });
    say('connection refused');
    say('connection refused');
    say('something else');
    now = 10_001;
    say('connection refused');
    expect(warn.mock.calls.map(([text]) => text as string)).toEqual([
      'connection refused',
      'something else',
      'connection refused',
    ]);
  });

  it.each([
    ['admin', []],
    ['producer', ['This server is not the leader for that topic-partition']],
  ])('of the %s warn of new topics only where nobody hears of it otherwise', (part, warned) => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const message = 'This server is not the leader for that topic-partition';
    kafkaJsLogs(part)(logLevel.WARN)({
      namespace: '',
      level: logLevel.ERROR,
      label: '',
      log: { timestamp: '', message },
    });
    expect(warn.mock.calls.map(([text]) => text as string)).toEqual(warned);
  });
});
