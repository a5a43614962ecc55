import type { PoolClient } from 'pg';
import { TransactionAborted, TransactionOver } from './database-errors.js';
import { ReservedTransaction } from './transaction.js';

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** A connection that answers when told to, so that order can be seen; COMMIT rolls back after an error, as PostgreSQL's does. */
function connection() {
  const sent: string[] = [];
  let isAborted = false;
  const answers: ((error?: Error) => void)[] = [];
  const query = (statement: string | { text: string }) => {
    const text = typeof statement === 'string' ? statement : statement.text;
    sent.push(text);
    return new Promise((resolve, reject) => {
      answers.push((error) => {
        isAborted ||= error !== undefined;
        if (error) reject(error);
        else resolve({ rows: [], rowCount: 0, command: isAborted && text === 'COMMIT' ? 'ROLLBACK' : text });
      });
    });
  };
  return {
    client: { query } as unknown as PoolClient,
    sent,
    answer: (error?: Error) => answers.shift()!(error),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('ReservedTransaction', () => {
  it('sends at once, in order, whatever does not wait for an answer', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const results = transaction.start(async (tx) => {
      await Promise.all(['A', 'B'].map((sql) => tx.query(sql)));
      await tx.query('C');
    });
    expect(sent).toEqual([BEGIN, 'A', 'B']);
    for (let n = 0; n < 3; n += 1) answer();
    await settle();
    expect(sent).toEqual([BEGIN, 'A', 'B', 'C']);
    answer();
    await results;
  });

  it('says of what follows a failed statement why that one failed', async () => {
    const { client, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const results = Promise.allSettled(['A', 'B'].map((sql) => transaction.query(sql)));
    answer();
    const deadlock = new Error('deadlock detected');
    answer(deadlock);
    answer(new Error('current transaction is aborted, commands ignored until end of transaction block'));
    expect((await results).map((result) => result.status === 'rejected' && result.reason)).toEqual([
      deadlock,
      deadlock,
    ]);
  });

  it('lets a statement that nobody awaited end before COMMIT, and refuses later ones', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const forgotten = transaction.run('FORGOTTEN');
    const committed = transaction.commit();
    await settle();
    expect(sent).toEqual([BEGIN, 'FORGOTTEN']);
    await expect(transaction.query('LATE')).rejects.toBeInstanceOf(TransactionOver);
    for (let n = 0; n < 2; n += 1) answer();
    await settle();
    answer();
    await Promise.all([forgotten, committed]);
    expect(sent).toEqual([BEGIN, 'FORGOTTEN', 'COMMIT']);
  });

  it('sends COMMIT right behind the last statement, and nothing after it', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    void transaction.query('FIRST');
    const last = transaction.runLast('LAST');
    expect(sent).toEqual([BEGIN, 'FIRST', 'LAST', 'COMMIT']);
    await expect(transaction.query('LATE')).rejects.toBeInstanceOf(TransactionOver);
    await expect(transaction.runLast('LATE')).rejects.toBeInstanceOf(TransactionOver);
    const committed = transaction.commit();
    for (let n = 0; n < 3; n += 1) answer();
    await expect(last).resolves.toBe(0);
    answer();
    await committed;
    expect(sent).toEqual([BEGIN, 'FIRST', 'LAST', 'COMMIT']);
  });

  it('needs no ROLLBACK behind a last statement that failed, but waits until COMMIT has rolled back', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    void transaction.query('FIRST');
    const last = transaction.runLast('LAST');
    for (let n = 0; n < 2; n += 1) answer();
    answer(new Error('check violation'));
    await expect(last).rejects.toThrow('check violation');
    let isOver = false;
    const over = transaction.rollback().then(() => (isOver = true));
    await settle();
    expect(isOver).toBe(false);
    answer();
    await over;
    expect(sent).toEqual([BEGIN, 'FIRST', 'LAST', 'COMMIT']);
  });

  it('sends a statement that is the first and the last one alone', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const last = transaction.runLast('ALL');
    await expect(transaction.query('LATE')).rejects.toBeInstanceOf(TransactionOver);
    let isOver = false;
    const committed = transaction.commit().then(() => (isOver = true));
    await settle();
    expect(isOver).toBe(false);
    answer();
    await Promise.all([expect(last).resolves.toBe(0), committed]);
    expect(sent).toEqual(['ALL']);
  });

  it('has nothing to roll back behind a statement that was alone and failed', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const last = transaction.runLast('ALL');
    answer(new Error('check violation'));
    await expect(last).rejects.toThrow('check violation');
    await transaction.rollback();
    expect(sent).toEqual(['ALL']);
  });

  it('does not call it a success when a statement that was alone failed and nobody cared', async () => {
    const { client, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const last = transaction.runLast('ALL').catch(() => 0);
    answer(new Error('check violation'));
    await last;
    await expect(transaction.commit()).rejects.toBeInstanceOf(TransactionAborted);
  });

  it('of nothing sends nothing', async () => {
    const { client, sent } = connection();
    const [kept, given] = [new ReservedTransaction(client), new ReservedTransaction(client)];
    await kept.start(async () => undefined);
    await kept.commit();
    await given.rollback();
    expect(sent).toEqual([]);
  });

  it('notices that COMMIT rolled back', async () => {
    const client = { query: async () => ({ command: 'ROLLBACK', rows: [] }) } as unknown as PoolClient;
    const transaction = new ReservedTransaction(client);
    await transaction.query('FAILED AND SWALLOWED');
    await expect(transaction.commit()).rejects.toBeInstanceOf(TransactionAborted);
  });
});
