import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const infra = (...args: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('infra.mjs', import.meta.url)), ...args], {
    encoding: 'utf8',
    timeout: 20_000,
  });

describe('npm run infra', () => {
  it('says how it is used, and starts nothing', () => {
    expect(infra('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('It has no options'),
    });
  });

  it('refuses what it does not know, before it starts anything', () => {
    const { status, stderr, stdout } = infra('--port', '3001');
    expect(status).toBe(1);
    expect(stderr).toContain('npm run infra knows no "--port".');
    expect(stdout).toBe('');
  });
});
