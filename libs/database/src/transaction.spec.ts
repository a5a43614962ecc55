import type { PoolClient } from 'pg';
import { TransactionAborted, TransactionOver } from './database-errors.js';
import { ReservedTransaction } from './transaction.js';

/** A connection that answers when told to, so that order can be seen. */
function connection() {
  const sent: string[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const query = (statement: string | { text: string }) => {
    const text = typeof statement === 'string' ? statement : statement.text;
    sent.push(text);
    return new Promise((resolve, reject) => {
      answers.push((error) => (error ? reject(error) : resolve({ rows: [], rowCount: 0, command: text })));
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
  it('sends the next statement only after the answer to the one before, failed or not', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const results = Promise.allSettled(['A', 'B', 'C'].map((sql) => transaction.query(sql)));
    await settle();
    expect(sent).toEqual(['A']);
    answer(new Error('no'));
    await settle();
    expect(sent).toEqual(['A', 'B']);
    answer();
    await settle();
    answer();
    expect((await results).map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  it('lets a statement that nobody awaited end before COMMIT, and refuses later ones', async () => {
    const { client, sent, answer } = connection();
    const transaction = new ReservedTransaction(client);
    const forgotten = transaction.run('FORGOTTEN');
    const committed = transaction.commit();
    await settle();
    expect(sent).toEqual(['FORGOTTEN']);
    await expect(transaction.query('LATE')).rejects.toBeInstanceOf(TransactionOver);
    answer();
    await settle();
    answer();
    await Promise.all([forgotten, committed]);
    expect(sent).toEqual(['FORGOTTEN', 'COMMIT']);
  });

  it('notices that COMMIT rolled back', async () => {
    const client = { query: async () => ({ command: 'ROLLBACK' }) } as unknown as PoolClient;
    await expect(new ReservedTransaction(client).commit()).rejects.toBeInstanceOf(TransactionAborted);
  });
});
