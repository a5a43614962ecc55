import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../paths.mjs';

/**
 * `NAME=value` lines; comments and blank lines are passed over. A subset of what services read, and it works on Node 20.
 *
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseEnvironment(text) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1]) values[match[1]] = unquote(match[2] ?? '');
  }
  return values;
}

/** @param {string} value */
function unquote(value) {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, '');
}

/** @param {string} file */
export function readEnvironment(file) {
  return existsSync(file) ? parseEnvironment(readFileSync(file, 'utf8')) : {};
}

/** What people set: the process's environment, then .env. */
export function givenEnvironment() {
  /** @type {Record<string, string>} */
  const given = { ...readEnvironment(join(ROOT, '.env')) };
  for (const [name, value] of Object.entries(process.env)) if (value) given[name] = value;
  return given;
}

/**
 * @param {string} file
 * @param {Record<string, string>} values
 */
export function writeEnvironment(file, values) {
  mkdirSync(dirname(file), { recursive: true });
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  writeFileSync(
    file,
    `# Written by npm start and npm run infra. Changes are lost: set names in .env instead.\n${lines.join('\n')}\n`,
    {
      mode: 0o600,
    },
  );
}
