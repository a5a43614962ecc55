import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build as buildKopeck } from '../scripts/build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEST = fileURLToPath(new URL('../node_modules/@nestjs/cli/bin/nest.js', import.meta.url));

/**
 * All is built by the Nest CLI in the same way.
 *
 * @param {string[]} others projects of the bench itself: `baseline`, `rates-from-postgresql`
 */
export async function build(others) {
  await buildKopeck();
  for (const project of others) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [NEST, 'build', project], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`"nest build ${project}" failed:\n${stdout}${stderr}`);
  }
}
