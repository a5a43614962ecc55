import { readVersion } from './version.js';

describe('readVersion', () => {
  it("is the repository's", () => expect(readVersion({})).toMatch(/^\d+\.\d+\.\d+/));

  it('is what npm says when npm runs it', () =>
    expect(readVersion({ npm_package_name: 'kopeck', npm_package_version: '9.8.7' })).toBe('9.8.7'));

  it("isn't another package's", () =>
    expect(readVersion({ npm_package_name: 'other', npm_package_version: '9.8.7' })).not.toBe('9.8.7'));
});
