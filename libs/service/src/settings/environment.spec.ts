import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from './environment.js';

describe('loadEnvironment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kopeck-env-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  afterAll(() => rmSync(folder, { recursive: true }));

  it('lets the process win over .env, and .env over what was started', () => {
    const environment = { A: 'process' };
    const files = [file('one', 'A=1\nB=1\n'), file('two', 'A=2\nB=2\nC="2 # no comment"\n')];
    loadEnvironment(environment, files);
    expect(environment).toEqual({ A: 'process', B: '1', C: '2 # no comment' });
  });

  it('fills what stands empty, and needs no file', () => {
    const environment = { A: '' };
    loadEnvironment(environment, [join(folder, 'nowhere'), file('empty', 'B='), file('three', 'A=3\nB=3')]);
    expect(environment).toEqual({ A: '3', B: '3' });
  });
});
