import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, holderOf } from './claim.mjs';
import { commandLineOf, worksFor } from './process-identity.mjs';

describe('claim', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kopeck-claim-'));
  /** What this very process was started as. */
  const script = commandLineOf(process.pid).split(' ').at(-1)!;
  afterAll(() => rmSync(folder, { recursive: true }));

  it('belongs to one process until it is released', () => {
    const mine = claim('start', script, folder)!;
    expect(holderOf('start', folder)).toMatchObject({ pid: process.pid, isReady: false });
    expect(claim('start', script, folder)).toBeUndefined();
    mine.ready({ url: 'http://127.0.0.1:3000' });
    expect(holderOf('start', folder)).toMatchObject({ isReady: true, url: 'http://127.0.0.1:3000' });
    mine.release();
    expect(holderOf('start', folder)).toBeUndefined();
  });

  it('is taken over from a process that is gone, from one with its id, and from a broken file', () => {
    const write = (text: string) => writeFileSync(join(folder, 'infra.json'), text);
    write(JSON.stringify({ pid: 2 ** 22 + 1, script, isReady: true }));
    expect(holderOf('infra', folder)).toBeUndefined();
    write(JSON.stringify({ pid: process.pid, script: '/another/clone/start.mjs', isReady: true }));
    expect(holderOf('infra', folder)).toBeUndefined();
    write('{"pid":');
    const mine = claim('infra', script, folder)!;
    expect(holderOf('infra', folder)?.pid).toBe(process.pid);
    mine.release();
  });
});

describe('worksFor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kopeck-works-'));
  let other: ChildProcess;
  beforeAll(async () => {
    other = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => 0, 1000)'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(other.stdout!, 'data');
  });
  afterAll(async () => {
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('knows a process by its working directory', () => {
    expect(worksFor(other.pid!, folder)).toBe(true);
    expect(worksFor(other.pid!, `${folder}-another`)).toBe(false);
  });

  it('knows nothing of processes that are not there', () => {
    expect(worksFor(-1, folder)).toBe(false);
    expect(worksFor(2 ** 22 + 1, folder)).toBe(false);
  });
});
