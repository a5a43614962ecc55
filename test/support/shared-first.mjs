import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @type {{ default: typeof import('@jest/test-sequencer').default }} */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Suites on the shared system one after another, and then those that start their own: so it's started once. */
export default class SharedFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const inTurn = /** @type {import('@jest/test-result').Test[]} */ (super.sort(tests));
    return inTurn.toSorted((one, other) => Number(isShared(other)) - Number(isShared(one)));
  }
}

/** @param {{ path: string }} test */
function isShared({ path }) {
  return readFileSync(path, 'utf8').includes('sharedSystem()');
}
