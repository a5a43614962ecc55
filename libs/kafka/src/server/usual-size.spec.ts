import { UsualSize } from './usual-size.js';

function after(...sizes: readonly number[]): UsualSize {
  const usual = new UsualSize();
  for (const size of sizes) usual.saw(size);
  return usual;
}

const times = (count: number, size: number) => Array.from({ length: count }, () => size);

describe('UsualSize', () => {
  it('expects nothing before anything has come', () => expect(after().isMoreThan(0)).toBe(false));

  it('takes a small batch among large ones for one that came early', () => {
    const usual = after(...times(40, 20));
    expect(usual.isMoreThan(3)).toBe(true);
    expect(usual.isMoreThan(20)).toBe(false);
  });

  it('expects no more than one where one comes at a time, or few', () => {
    expect(after(...times(40, 1)).isMoreThan(1)).toBe(false);
    expect(after(...times(40, 3)).isMoreThan(1)).toBe(false);
  });

  it('forgets a burst', () => {
    const usual = after(...times(40, 20), ...times(16, 1));
    expect(usual.isMoreThan(1)).toBe(false);
  });
});
