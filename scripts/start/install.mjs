import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE, ROOT } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';

/*
 * Runs before anything is installed, on the machine's own Node: only what comes with Node 20.
 */

const OLDEST_NODE = 20;
const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.kopeck-lock');

/**
 * Installs what package-lock.json names unless that is what's there.
 *
 * @param {(line: string) => void} say
 */
export async function ensureInstalled(say) {
  requireNode();
  const hash = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash && existsSync(NODE)) return;
  if (!isInstalled()) await install(say);
  writeFileSync(STAMP, hash);
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE)
    throw new PlainError(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (https://nodejs.org).`,
    );
}

/** Whether somebody ran npm already: npm keeps its own record of what it put there. */
export function isInstalled() {
  const record = join(MODULES, '.package-lock.json');
  if (!existsSync(record) || !existsSync(NODE)) return false;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (path === '' || link) return true;
    return present[path] ? present[path].version === version : Boolean(optional);
  });
}

/** @param {(line: string) => void} say */
async function install(say) {
  say('Installing dependencies (npm ci); the first time this takes a minute or two.');
  const startedAt = Date.now();
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawn('npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(npm, 'close').catch(() => {
    throw new PlainError('npm is missing. It comes with Node: https://nodejs.org');
  });
  if (code !== 0) throw new PlainError(`npm could not install the dependencies:\n${output.slice(-3_000)}`);
  if (!existsSync(NODE))
    throw new PlainError(
      'npm installed no Node 24: its install scripts are turned off. Run npm ci --ignore-scripts=false and start again.',
    );
  say(`Installed in ${Math.round((Date.now() - startedAt) / 1_000)} s.`);
}
