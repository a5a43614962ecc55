import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryOf, SERVICES, STATE } from '../paths.mjs';
import { commandLineOf } from '../processes/process-identity.mjs';

/** Which processes run which instance, for the next start. */
export const APPS_FILE = join(STATE, 'apps.json');

/** Services that a killed `npm start` left behind hold ports, and answer from old code. */
export async function stopLeftoverApps() {
  const entries = SERVICES.map(entryOf);
  for (const pid of rememberedApps()) {
    const isOurs = () => entries.some((entry) => commandLineOf(pid).includes(entry));
    if (!isOurs()) continue;
    process.kill(pid, 'SIGKILL');
    while (isOurs()) await sleep(20);
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
