import { statementNameOf } from './prepared-statements.js';

describe('statementNameOf', () => {
  it('gives one text one name, and another text another', () => {
    expect(statementNameOf('SELECT 1')).toBe(statementNameOf('SELECT 1'));
    expect(statementNameOf('SELECT 1')).not.toBe(statementNameOf('SELECT 2'));
  });

  it("fits PostgreSQL's 63 characters", () => {
    expect(statementNameOf(`SELECT ${'1, '.repeat(5_000)} 1`)!.length).toBeLessThan(64);
  });

  it('stops naming when texts keep coming, but knows the old ones', () => {
    const first = statementNameOf('SELECT 1');
    for (let value = 0; value < 600; value++) statementNameOf(`SELECT ${value} AS pasted`);
    expect(statementNameOf('SELECT -1 AS pasted')).toBeUndefined();
    expect(statementNameOf('SELECT 1')).toBe(first);
  });
});
