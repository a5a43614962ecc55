import { databaseUrlNameOf, readDatabaseSettings } from './database.settings.js';

const URL_NAME = 'TRANSACTION_MANAGER_DATABASE_URL';
const read = (environment: NodeJS.ProcessEnv) => readDatabaseSettings('transaction-manager', environment);

describe('readDatabaseSettings', () => {
  it('names the URL after the service', () =>
    expect(databaseUrlNameOf('transaction-manager')).toBe(URL_NAME));

  it('has defaults for all but the URL', () => {
    const { settings, faults } = read({ [URL_NAME]: 'postgres://a:b@localhost/c' });
    expect(faults).toEqual([]);
    expect(settings).toMatchObject({ poolSize: 8, maxRestarts: 8, lockTimeoutMs: 10_000 });
  });

  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['postgres//nonsense', 'not a URL'],
    ['mysql://a:b@localhost/c', 'must start with postgres://'],
    ['postgres://localhost/c', 'must name a role'],
    ['postgres://a:b@localhost', 'must name a database'],
  ])('refuses %p', (url, why) => {
    const [fault] = read({ [URL_NAME]: url }).faults;
    expect(fault).toContain(URL_NAME);
    expect(fault).toContain(why);
  });

  it('never repeats the URL, which has a password in it', () => {
    const { faults } = read({ [URL_NAME]: 'mysql://me:hunter2@localhost/c' });
    expect(faults.join()).not.toContain('hunter2');
  });

  it('lists every fault at once', () => {
    const { faults } = read({ DATABASE_POOL_SIZE: 'many', DATABASE_MAX_RESTARTS: '-1' });
    expect(faults).toHaveLength(3);
    expect(faults[1]).toBe('DATABASE_POOL_SIZE must be a whole number from 1 to 200, but is "many"');
  });
});
