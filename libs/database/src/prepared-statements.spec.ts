import { preparedStatementOf } from './prepared-statements.js';

describe('preparedStatementOf', () => {
  it('gives one text one name, and another text another', () => {
    expect(preparedStatementOf('SELECT 1')).toBe(preparedStatementOf('SELECT 1'));
    expect(preparedStatementOf('SELECT 1')!.name).not.toBe(preparedStatementOf('SELECT 2')!.name);
  });

  it("fits PostgreSQL's 63 characters", () => {
    expect(preparedStatementOf(`SELECT ${'1, '.repeat(5_000)} 1`)!.name.length).toBeLessThan(64);
  });

  it('stops naming when texts keep coming, but knows the old ones', () => {
    const first = preparedStatementOf('SELECT 1');
    for (let value = 0; value < 600; value++) preparedStatementOf(`SELECT ${value} AS pasted`);
    expect(preparedStatementOf('SELECT -1 AS pasted')).toBeUndefined();
    expect(preparedStatementOf('SELECT 1')).toBe(first);
  });
});
