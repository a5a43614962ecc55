/**
 * `npm run setup`: migrates the databases and creates the topics of the servers that the environment, .env or
 * .kopeck/runtime.env name.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build, bundleOf } from './build.mjs';
import { NODE, ROOT } from './paths.mjs';
import { fail, PlainError } from './plain-error.mjs';
import { endWithUs } from './processes/end-with-us.mjs';

/**
 * @param {Record<string, string | undefined>} [environment]
 * @param {(line: string) => void} [say]
 */
export async function runSetup(environment = {}, say = () => undefined) {
  const setup = endWithUs(
    spawn(NODE, [bundleOf('setup')], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let errors = '';
  setup.stdout.on('data', (chunk) => String(chunk).trim().split('\n').forEach(say));
  setup.stderr.on('data', (chunk) => (errors += chunk));
  const [code] = await once(setup, 'close');
  if (code !== 0) throw new PlainError(`Databases and topics could not be prepared.\n${errors.trim()}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ projects: ['setup'] })
    .then(() => runSetup({}, (line) => console.log(line)))
    .catch(fail);
}
