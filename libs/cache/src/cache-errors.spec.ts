import { asCacheError, CacheUnavailable, orUnavailable } from './cache-errors.js';

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

describe('asCacheError', () => {
  it.each(['Connection is closed.', 'Command timed out', 'connect ECONNREFUSED 127.0.0.1:6379'])(
    'calls Redis unavailable after "%s"',
    (message) => expect(asCacheError(new Error(message))).toBeInstanceOf(CacheUnavailable),
  );

  it.each([
    'LOADING Redis is loading the dataset in memory',
    'READONLY You can’t write',
    'OOM command not allowed',
  ])('and after the reply "%s"', (message) =>
    expect(asCacheError(reply(message))).toBeInstanceOf(CacheUnavailable),
  );

  it('leaves mistakes in a command or in our own code what they are', () => {
    const mistakes = [
      reply('WRONGTYPE Operation against a key'),
      new TypeError('no'),
      new RangeError('too long'),
    ];
    for (const mistake of mistakes) expect(asCacheError(mistake)).toBe(mistake);
  });

  it('keeps the cause', async () => {
    const cause = new Error('Connection is closed.');
    await expect(orUnavailable(Promise.reject(cause))).rejects.toMatchObject({
      name: 'CacheUnavailable',
      cause,
    });
  });
});
