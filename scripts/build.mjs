/**
 * `npm run build [-- project…]`: builds services with the Nest CLI, those whose sources changed since the last time.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILED, NODE, ROOT, SERVICES } from './paths.mjs';
import { fail, PlainError } from './plain-error.mjs';
import { endWithUs } from './processes/end-with-us.mjs';

export const PROJECTS = /** @type {const} */ ([...SERVICES, 'setup']);

const STAMPS = join(ROOT, 'dist', 'stamps');
const CLI = join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
/** All that a bundle is made of; a change in any of them builds everything again, which takes seconds. */
const SOURCES = [
  'apps',
  'libs',
  'scripts/setup',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'rspack.config.js',
  'tsconfig.json',
];

/**
 * @param {object} [options]
 * @param {readonly string[]} [options.projects]
 * @param {(line: string) => void} [options.say]
 */
export async function build({ projects = PROJECTS, say = () => undefined } = {}) {
  const sources = hashOfSources();
  const stale = projects.filter((project) => !isUpToDate(project, sources));
  if (stale.length > 0) rmSync(COMPILED, { recursive: true, force: true });
  const queue = [...stale];
  const worker = async () => {
    for (let project = queue.shift(); project; project = queue.shift()) {
      await buildOne(project);
      mkdirSync(STAMPS, { recursive: true });
      writeFileSync(join(STAMPS, project), sources);
      say(`built ${project}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return stale;
}

/**
 * @param {string} project
 * @param {string} [sources]
 */
export function isUpToDate(project, sources = hashOfSources()) {
  const stamp = join(STAMPS, project);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && existsSync(bundleOf(project));
}

/** @param {string} project */
export function bundleOf(project) {
  return join(ROOT, 'dist', project === 'setup' ? 'scripts/setup' : `apps/${project}`, 'main.js');
}

/** @param {string} project */
async function buildOne(project) {
  rmSync(join(STAMPS, project), { force: true });
  const nest = endWithUs(
    spawn(NODE, [CLI, 'build', project], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  let output = '';
  for (const stream of [nest.stdout, nest.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(nest, 'close');
  if (code !== 0 || !existsSync(bundleOf(project)))
    throw new PlainError(`${project} does not build:\n${output}`);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, join(ROOT, source));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const entries =
    existsSync(path) && !/\.\w+$/.test(path) ? readdirSync(path, { withFileTypes: true }) : undefined;
  if (!entries) {
    if (existsSync(path)) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) addTo(hash, child);
    else if (!/\.(spec\.ts|md)$/.test(entry.name))
      hash.update(child.slice(ROOT.length)).update(readFileSync(child));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  await build({ projects: wanted.length > 0 ? wanted : PROJECTS, say: (line) => console.log(line) }).catch(
    fail,
  );
}
