import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { processesWith } from './process-identity.mjs';

it('processes are found by what they were started with, also when their starter has forgotten them', async () => {
  const value = randomUUID();
  const script = 'setInterval(() => undefined, 1000); console.log("up")';
  const child = spawn(process.execPath, ['-e', script], {
    detached: true,
    env: { ...process.env, KOPECK_TEST_STATE: value },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  // Where there is no /proc nobody can be asked, and nothing is found.
  const wanted = existsSync('/proc/self') ? [child.pid] : [];
  expect(processesWith('KOPECK_TEST_STATE', value)).toEqual(wanted);
  process.kill(child.pid!, 'SIGKILL');
  await ended;
  expect(processesWith('KOPECK_TEST_STATE', value)).toEqual([]);
});
