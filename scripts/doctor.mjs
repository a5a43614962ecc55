/**
 * `npm run doctor`: what this machine has and lacks for `npm start`. Runs before anything is installed, on Node 20.
 */
import { fileURLToPath } from 'node:url';
import { CHECKS } from './doctor/checks.mjs';
import { givenEnvironment } from './infrastructure/environment-files.mjs';
import { hasDocker } from './infrastructure/compose.mjs';
import { holderOf } from './processes/claim.mjs';

/**
 * @typedef {import('./doctor/checks.mjs').Finding} Finding
 */

/**
 * @param {readonly Finding[]} findings
 * @param {{ isRunning?: boolean }} [circumstances]
 * @returns {string[]}
 */
export function reportOf(findings, { isRunning = false } = {}) {
  const lines = findings.map(({ ok, needed, what, advice }) => {
    const mark = ok ? '✓' : needed ? '✗' : '–';
    return `${mark} ${what}${ok || !advice ? '' : `\n    ${advice}`}`;
  });
  const missing = findings.filter(({ ok, needed }) => needed && !ok).length;
  const verdict =
    missing === 0
      ? isRunning
        ? 'Nothing is missing, and Kopeck is running.'
        : 'npm start will work.'
      : `${missing === 1 ? 'One thing is' : `${missing} things are`} missing.`;
  return [...lines, '', verdict];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const circumstances = { given: givenEnvironment(), hasDocker: hasDocker() };
  const findings = [];
  for (const check of CHECKS) findings.push(await check(circumstances));
  console.log(reportOf(findings, { isRunning: Boolean(holderOf('start')?.isReady) }).join('\n'));
  process.exit(findings.some(({ ok, needed }) => needed && !ok) ? 1 : 0);
}
