import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build as buildKopeck } from '../scripts/build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEST = fileURLToPath(new URL('../node_modules/@nestjs/cli/bin/nest.js', import.meta.url));

/** Both systems are built by the Nest CLI in the same way. @param {boolean} withBaseline */
export async function build(withBaseline) {
  await buildKopeck();
  if (!withBaseline) return;
  const { status, stdout, stderr } = spawnSync(process.execPath, [NEST, 'build', 'baseline'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`"nest build baseline" failed:\n${stdout}${stderr}`);
}
