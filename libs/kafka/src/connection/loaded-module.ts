import { createRequire } from 'node:module';

/** What Node keeps of a CommonJS module. */
export interface LoadedModule {
  exports: unknown;
}

/** The CommonJS modules loaded so far. */
function loadedModules(): Iterable<LoadedModule | undefined> {
  return Object.values(createRequire(import.meta.url).cache);
}

/**
 * Whoever loads the module from now on gets the other function; who has loaded it keeps the first.
 *
 * @param mark by which a replacement is known, so that it isn't replaced again.
 * @param agrees whether both do the same for a sample: another version of a library might do otherwise.
 * @returns false where there is no such module, or the two don't agree; then it is left alone.
 */
export function replaceExport<F extends (...args: never[]) => unknown>(
  original: unknown,
  makeReplacement: (original: F) => F,
  mark: symbol,
  agrees: (replacement: F, original: F) => boolean,
  modules: Iterable<LoadedModule | undefined> = loadedModules(),
): boolean {
  if (typeof original !== 'function') return false;
  if (mark in original) return true;
  const replacement = makeReplacement(original as F);
  const loaded = [...modules].find((module) => module?.exports === original);
  if (!loaded || !holds(() => agrees(replacement, original as F))) return false;
  loaded.exports = Object.assign(replacement, { [mark]: true });
  return true;
}

/** Whether a check says so; one that throws doesn't: another version of a library may want other arguments. */
export function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
