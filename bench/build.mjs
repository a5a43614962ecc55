import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEST = fileURLToPath(new URL('../node_modules/@nestjs/cli/bin/nest.js', import.meta.url));
const PROJECTS = ['setup', 'gateway', 'customer', 'transaction-manager', 'transaction'];

/** Both systems are built by the Nest CLI in the same way. @param {boolean} withBaseline */
export function build(withBaseline) {
  console.log('Building …');
  for (const project of withBaseline ? [...PROJECTS, 'baseline'] : PROJECTS) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [NEST, 'build', project], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`"nest build ${project}" failed:\n${stdout}${stderr}`);
  }
}
