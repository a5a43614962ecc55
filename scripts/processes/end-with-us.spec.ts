import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandLineOf } from './process-identity.mjs';

const FOR_EVER = 'setInterval(() => undefined, 1_000)';
const script = `
  import { spawn } from 'node:child_process';
  import { endWithUs } from ${JSON.stringify(new URL('./end-with-us.mjs', import.meta.url).href)};
  const child = endWithUs(spawn(process.execPath, ['-e', ${JSON.stringify(FOR_EVER)}], { stdio: 'ignore' }));
  console.log(child.pid);
  process.exit(1);
`;

describe('endWithUs', () => {
  it('ends a tool with the process that it works for', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    parent.stdout.on('data', (chunk) => (said += chunk));
    await once(parent, 'close');
    const pid = Number(said);
    expect(pid).toBeGreaterThan(0);
    const deadline = Date.now() + 15_000;
    while (commandLineOf(pid).includes(FOR_EVER) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(commandLineOf(pid)).not.toContain(FOR_EVER);
  });
});
