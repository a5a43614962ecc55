import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { PlainError } from '../plain-error.mjs';

/** As packages name it, the first that is there counts. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Where it stands on a Mac, which puts no such thing on the path. */
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Without a sandbox, because suites run as root as well; and without a word to anybody but this machine. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // One for each window that has cookies of its own. Otherwise it keeps one ready, which it throws away for the next window.
  '--renderer-process-limit=1',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * The browser of this machine. None is downloaded: what an operating system's package brings is kept up to date by it.
 *
 * @param {Record<string, string | undefined>} [environment] CHROMIUM_PATH names another one
 * @param {(file: string) => boolean} [isProgram]
 * @returns {string}
 * @throws {PlainError} that says what to install
 */
export function findChromium(environment = process.env, isProgram = isExecutable) {
  const named = environment.CHROMIUM_PATH;
  if (named) {
    if (isProgram(named)) return named;
    throw new PlainError(`CHROMIUM_PATH names ${named}, but there is no program. Correct it or remove it.`);
  }
  const folders = ['/usr/bin', ...(environment.PATH ?? '').split(delimiter).filter(isAbsolute)];
  const files = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...files, ...APPLICATIONS].find(isProgram);
  if (found) return found;
  throw new PlainError(
    'Chromium is missing: the suites of the pages look at them with it. Install it (Debian: apt-get install chromium), or name one by CHROMIUM_PATH.',
  );
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
