import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What people set, then what `npm start` found or started; the process's own environment wins over both. */
export const ENVIRONMENT_FILES = ['.env', '.kopeck/runtime.env'] as const;

/** Fills `process.env` from the files; the first to set a name wins. May be called again: nothing is overwritten. */
export function loadEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
  files: readonly string[] = ENVIRONMENT_FILES,
): void {
  for (const file of files) {
    if (!existsSync(file)) continue;
    for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) {
      if (environment[name] === undefined || environment[name] === '') environment[name] = value;
    }
  }
}
