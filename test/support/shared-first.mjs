import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @type {{ default: typeof import('@jest/test-sequencer').default }} */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Suites on the shared system, those that break it, and then those with settings of their own: so little is started twice. */
export default class SharedFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const inTurn = /** @type {import('@jest/test-result').Test[]} */ (super.sort(tests));
    return inTurn.toSorted((one, other) => turnOf(one) - turnOf(other));
  }
}

/** @param {{ path: string }} test */
function turnOf({ path }) {
  const text = readFileSync(path, 'utf8');
  if (text.includes('sharedSystem()')) return 0;
  return text.includes('startSystem()') ? 1 : 2;
}
