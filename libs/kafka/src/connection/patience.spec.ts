import { messageOf, untilItWorks } from './patience.js';

function waiting() {
  const said: string[] = [];
  const stop = new AbortController();
  const logger = { warn: (text: string) => said.push(text), log: (text: string) => said.push(text) };
  return { said, stop, options: { what: 'the broker', logger, signal: stop.signal } };
}

describe('patience', () => {
  it('tries again until it works, and says once what it waits for and when that is over', async () => {
    const { said, options } = waiting();
    let left = 3;
    const result = await untilItWorks(async () => {
      if (left-- > 0) throw new Error('refused');
      return 'there';
    }, options);
    expect(result).toBe('there');
    expect(said).toEqual(['Waiting for the broker (refused)', 'That worked: going on']);
  });

  it('says nothing when it works at once', async () => {
    const { said, options } = waiting();
    await untilItWorks(async () => 1, options);
    expect(said).toEqual([]);
  });

  it('can put what it waits for in the words of the failure', async () => {
    const { said, options } = waiting();
    let left = 1;
    const what = (error: unknown) => `whatever brings "${messageOf(error)}"`;
    await untilItWorks(
      async () => {
        if (left-- > 0) throw new Error('no topic');
      },
      { ...options, what },
    );
    expect(said[0]).toContain('whatever brings "no topic"');
  });

  it('ends with the last failure when the process stops', async () => {
    const { stop, options } = waiting();
    let attempts = 0;
    const waited = untilItWorks(async () => {
      attempts++;
      throw new Error(`refused ${attempts}`);
    }, options);
    setImmediate(() => stop.abort());
    await expect(waited).rejects.toThrow('refused 1');
  });
});
