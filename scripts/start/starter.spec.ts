import { spawn } from 'node:child_process';
import { once } from 'node:events';

const script = `
  const { onStarterGone } = await import(${JSON.stringify(new URL('./starter.mjs', import.meta.url).href)});
  const alive = setInterval(() => undefined, 1_000);
  onStarterGone(() => { console.log('gone'); clearInterval(alive); }, { everyMs: 20 });
  console.log('watching');
`;

/** @returns the two processes that npm puts before a script, and what the script says */
async function startThroughShell(environment: Record<string, string>) {
  const inner = `sh -c '"$NODE" --input-type=module -e "$SCRIPT"; true'`;
  const outer = spawn('sh', ['-c', `${inner}; true`], {
    env: { ...process.env, NODE: process.execPath, SCRIPT: script, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  outer.stdout.on('data', (chunk) => (said += chunk));
  while (!said.includes('watching')) await once(outer.stdout, 'data');
  return {
    outer,
    said: () => said,
    end: async () => {
      try {
        process.kill(-outer.pid!, 'SIGKILL');
      } catch {
        // All have ended.
      }
      if (!outer.stdout.readableEnded) await once(outer.stdout, 'end');
    },
  };
}

const onUnix = process.platform === 'win32' ? it.skip : it;

describe('onStarterGone', () => {
  onUnix('notices that npm is gone, although the shell between still waits', async () => {
    const { outer, said, end } = await startThroughShell({ npm_lifecycle_event: 'start' });
    try {
      outer.kill('SIGKILL');
      await once(outer.stdout, 'end');
      expect(said()).toBe('watching\ngone\n');
    } finally {
      await end();
    }
  });

  onUnix('leaves a script alone that npm did not start', async () => {
    const { said, end } = await startThroughShell({ npm_lifecycle_event: '' });
    await end();
    expect(said()).toBe('watching\n');
  });
});
