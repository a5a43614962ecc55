import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, lastLines } from './log-tail.mjs';

describe('the last words of a process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kopeck-log-'));
  const file = join(directory, 'app.log');
  afterAll(() => rmSync(directory, { recursive: true }));

  it('are its own, not those of the one before', () => {
    writeFileSync(file, 'started\nstopped\n');
    const since = endOf(file);
    expect(lastLines(file, since)).toBe('');
    appendFileSync(file, 'a setting is wrong\n');
    expect(lastLines(file, since)).toBe('a setting is wrong');
  });

  it('are eight lines at most, however long the log', () => {
    writeFileSync(file, Array.from({ length: 5_000 }, (_, line) => `line ${line}`).join('\n'));
    expect(lastLines(file, 0).split('\n')).toEqual(
      Array.from({ length: 8 }, (_, index) => `line ${4_992 + index}`),
    );
  });

  it('are none where there is no log', () => {
    expect(endOf(join(directory, 'none.log'))).toBe(0);
    expect(lastLines(join(directory, 'none.log'), 0)).toBe('');
  });
});
