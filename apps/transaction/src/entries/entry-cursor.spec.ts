import fc from 'fast-check';
import { cursorOf, NEWEST, versionOf } from './entry-cursor.js';

describe('the cursor of entries', () => {
  it('brings back the version it was made of', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: NEWEST }), (version) => {
        expect(versionOf(cursorOf(version.toString()))).toBe(version);
        expect(cursorOf(version.toString())).toMatch(/^[\w-]{1,40}$/);
      }),
    );
  });

  it.each([
    '',
    '5',
    'e1:5',
    cursorOf('5') + '=',
    ` ${cursorOf('5')}`,
    cursorOf('0'),
    cursorOf('-1'),
    cursorOf('05'),
    cursorOf('5 OR 1=1'),
    cursorOf((NEWEST + 1n).toString()),
    Buffer.from('e2:5').toString('base64url'),
    Buffer.from('e1:5').toString('hex'),
  ])('refuses %p', (cursor) => {
    expect(versionOf(cursor)).toBeNull();
  });

  it('refuses whatever else somebody sends, without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^ZT[\w-]+$/.test(text));
        expect(versionOf(text)).toBeNull();
      }),
    );
  });
});
