import { waitPreferenceOf } from './wait-preference.js';

describe('Prefer', () => {
  it.each([
    [undefined, 5_000, undefined],
    ['', 5_000, undefined],
    ['wait=10', 10_000, 'wait=10'],
    ['wait=0', 0, 'wait=0'],
    ['wait="7"', 7_000, 'wait=7'],
    ['WAIT = 3', 3_000, 'wait=3'],
    ['wait=600', 30_000, 'wait=30'],
    ['respond-async', 0, 'respond-async'],
    ['respond-async, wait=10', 10_000, 'wait=10'],
    ['return=minimal, wait=2', 2_000, 'wait=2'],
    ['wait=1, wait=9', 1_000, 'wait=1'],
    ['wait=soon', 5_000, undefined],
    ['wait=-1', 5_000, undefined],
    [['respond-async', 'wait=4'], 4_000, 'wait=4'],
  ])('%j waits %d ms', (header, waitMs, applied) => {
    const preference = waitPreferenceOf(header);
    expect(preference.waitMs).toBe(waitMs);
    expect(preference.applied).toBe(applied);
  });
});
