import { defaultSecretFaults } from './default-secrets.js';

const EXAMPLE = {
  SEALING_KEY: 'ZXhhbXBsZQ==',
  CUSTOMER_DATABASE_URL: 'postgres://kopeck_customer:its-example@localhost/kopeck',
  OPERATOR_PASSWORD: 'operate me, example',
  RATE_LIMIT_PER_MINUTE: '600',
};
const faultsOf = (environment: NodeJS.ProcessEnv) => defaultSecretFaults(environment, EXAMPLE);

describe('defaultSecretFaults', () => {
  it('lets development use the example', () =>
    expect(faultsOf({ ...EXAMPLE, NODE_ENV: 'development' })).toEqual([]));

  it('names every secret that production still has from the example', () => {
    const faults = faultsOf({ ...EXAMPLE, NODE_ENV: 'production' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'SEALING_KEY',
      'CUSTOMER_DATABASE_URL',
      'OPERATOR_PASSWORD',
    ]);
    expect(faults.join()).not.toContain('operate me');
  });

  it('compares the password of a URL, wherever the server is', () => {
    const url = 'postgres://kopeck_customer:its-example@db.internal:6432/bank';
    expect(faultsOf({ NODE_ENV: 'production', CUSTOMER_DATABASE_URL: url })).toHaveLength(1);
  });

  it.each(['postgres', 'changeme', 'change-me-please', 'kopeck', 'password'])(
    'refuses the password "%s", example or not',
    (password) => {
      const url = `postgres://admin:${password}@db/bank`;
      expect(defaultSecretFaults({ NODE_ENV: 'production', POSTGRES_ADMIN_URL: url }, {})).toHaveLength(1);
    },
  );

  it('is content with secrets of one’s own, and with variables that are none of ours', () => {
    const environment = {
      NODE_ENV: 'production',
      SEALING_KEY: 'b3du',
      GITHUB_TOKEN: 'secret',
      ADMIN_PASSWORD: 'admin',
    };
    expect(faultsOf(environment)).toEqual([]);
  });
});
