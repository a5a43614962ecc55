import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEST = fileURLToPath(new URL('../node_modules/@nestjs/cli/bin/nest.js', import.meta.url));
const APPS = ['gateway', 'customer', 'transaction-manager', 'transaction'];

/** Both systems are built by the Nest CLI in the same way. @param {boolean} withBaseline */
export function build(withBaseline) {
  console.log('Building …');
  for (const app of withBaseline ? [...APPS, 'baseline'] : APPS) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [NEST, 'build', app], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`"nest build ${app}" failed:\n${stdout}${stderr}`);
  }
}
