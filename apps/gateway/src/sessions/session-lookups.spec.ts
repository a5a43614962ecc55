import { SessionLookups } from './session-lookups.js';

const sessionOf = (tokenHash: string) => `the session of ${tokenHash}`;

type Found = ReadonlyMap<string, string>;

/** Redis as a test sees it: what was asked for at once, and answers when it's told to. */
class Asked {
  readonly questions: string[][] = [];
  private readonly answers: { resolve: (found: Found) => void; reject: (error: Error) => void }[] = [];

  look = (tokenHashes: string[]): Promise<Found> => {
    this.questions.push(tokenHashes);
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  };

  answer(question: number): void {
    this.answers[question]!.resolve(
      new Map(this.questions[question]!.map((hash) => [hash, sessionOf(hash)])),
    );
  }

  fail(question: number, error: Error): void {
    this.answers[question]!.reject(error);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('lookups of sessions', () => {
  let asked: Asked;
  let lookups: SessionLookups;

  beforeEach(() => {
    asked = new Asked();
    lookups = new SessionLookups(asked.look, 3);
  });

  it('ask once for all requests of a turn, and once for who asks twice', async () => {
    const found = Promise.all(['anna', 'boris', 'anna'].map((hash) => lookups.find(hash)));
    await turn();
    expect(asked.questions).toEqual([['anna', 'boris']]);
    asked.answer(0);
    expect(await found).toEqual([sessionOf('anna'), sessionOf('boris'), sessionOf('anna')]);
  });

  it('keep what comes meanwhile for the next question', async () => {
    const first = lookups.find('anna');
    await turn();
    const later = [lookups.find('boris')];
    await turn();
    later.push(lookups.find('clara'));
    await turn();
    expect(asked.questions).toEqual([['anna']]);
    asked.answer(0);
    await first;
    await turn();
    expect(asked.questions).toEqual([['anna'], ['boris', 'clara']]);
    asked.answer(1);
    expect(await Promise.all(later)).toEqual([sessionOf('boris'), sessionOf('clara')]);
  });

  it('look anew each time: a session that ended meanwhile is gone', async () => {
    const first = lookups.find('anna');
    await turn();
    asked.answer(0);
    expect(await first).toEqual(sessionOf('anna'));
    const second = lookups.find('anna');
    await turn();
    expect(asked.questions).toHaveLength(2);
    asked.answer(1);
    expect(await second).toEqual(sessionOf('anna'));
  });

  it('ask for so many at once and no more, and wait for nothing when they are that many', async () => {
    const found = Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((hash) => lookups.find(hash)));
    await turn();
    expect(asked.questions).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
    asked.answer(1);
    await turn();
    expect(asked.questions.slice(2)).toEqual([['g']]);
    asked.answer(0);
    asked.answer(2);
    expect(await found).toHaveLength(7);
  });

  it('tell all who were asked for that Redis is away, and ask it again for the next', async () => {
    const away = new Error('Redis is away');
    const found = Promise.allSettled(['anna', 'boris'].map((hash) => lookups.find(hash)));
    await turn();
    asked.fail(0, away);
    expect(await found).toEqual([
      { status: 'rejected', reason: away },
      { status: 'rejected', reason: away },
    ]);
    const next = lookups.find('anna');
    await turn();
    asked.answer(1);
    expect(await next).toEqual(sessionOf('anna'));
  });
});
