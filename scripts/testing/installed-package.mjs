/**
 * For Jest: a file of an installed package becomes what Node itself loads from it, once for all suites of a process. Jest would
 * read, compile and run it again for each suite, and a suite of the gateway imports some 1,500 of them.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @typedef {{ supportsDynamicImport: boolean, supportsStaticESM: boolean }} Target what `text` is for */

/** Where `one-realm.mjs` leaves Node's own `require`: Jest gives a suite another one. */
export const LOADER = Symbol.for('kopeck.installed-packages');

/** What a result hangs on beside the file itself: the package's other files, and this one. */
const others = digest(
  ...['../../package-lock.json', import.meta.url].map((file) => readFileSync(new URL(file, import.meta.url))),
);

export default {
  /**
   * @param {string} text
   * @param {string} path
   * @param {Target} target
   */
  process(text, path, target) {
    if (isForJest(target)) return { code: text };
    const loaded = `globalThis[Symbol.for('${LOADER.description}')](${JSON.stringify(path)})`;
    return {
      code: target.supportsStaticESM ? esModule(loaded, namesOf(path)) : `module.exports = ${loaded};`,
    };
  },

  /**
   * @param {string} text
   * @param {string} path
   * @param {Target} target
   */
  getCacheKey(text, path, { supportsDynamicImport, supportsStaticESM }) {
    return digest(others, [path, supportsDynamicImport, supportsStaticESM, text].join('\0'));
  },
};

/**
 * Its own parts go through the same transform, on their way to Node.
 *
 * @param {Target} target
 */
function isForJest({ supportsDynamicImport }) {
  return !supportsDynamicImport;
}

/** @param {string} path */
function namesOf(path) {
  return Object.keys(createRequire(path)(path));
}

/**
 * @param {string} loaded
 * @param {readonly string[]} names
 */
function esModule(loaded, names) {
  const exported = names.map(
    (name, index) =>
      `const e${index} = loaded[${JSON.stringify(name)}]; export { e${index} as ${JSON.stringify(name)} };`,
  );
  return [`const loaded = ${loaded};`, ...exported].join('\n');
}

/** @param {(string | Buffer)[]} parts */
function digest(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
