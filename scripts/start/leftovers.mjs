import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryOf, SERVICES, STATE } from '../paths.mjs';
import { commandLineOf } from '../processes/process-identity.mjs';

/** Which processes run which instance, for the next start. */
export const APPS_FILE = join(STATE, 'apps.json');

const isOurs = (/** @type {number} */ pid) =>
  SERVICES.some((service) => commandLineOf(pid).includes(entryOf(service)));

/** Services that a killed `npm start` left behind: their process ids. */
export function leftoverApps() {
  return rememberedApps().filter(isOurs);
}

/** They hold ports, and answer from old code. */
export async function stopLeftoverApps() {
  for (const pid of leftoverApps()) {
    process.kill(pid, 'SIGKILL');
    while (isOurs(pid)) await sleep(20);
  }
  rmSync(APPS_FILE, { force: true });
}

/** @returns {number[]} none where the file was cut off as its writer was killed */
function rememberedApps() {
  try {
    return existsSync(APPS_FILE) ? Object.values(JSON.parse(readFileSync(APPS_FILE, 'utf8'))) : [];
  } catch {
    return [];
  }
}
