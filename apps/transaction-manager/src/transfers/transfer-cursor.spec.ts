import fc from 'fast-check';
import { cursorOf, NEWEST, ordinalOf } from './transfer-cursor.js';

describe('the cursor of a page of transfers', () => {
  it('gives back the ordinal it was made of', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: NEWEST }), (ordinal) => {
        expect(ordinalOf(cursorOf(ordinal.toString()))).toBe(ordinal);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['words', 'somewhere'],
    ['zero', cursorOf('0')],
    ['less than zero', cursorOf('-1')],
    ['a leading zero', cursorOf('01')],
    ['more than the register holds', cursorOf((NEWEST + 1n).toString())],
    ['what another list gives', Buffer.from('e1:7').toString('base64url')],
    ['the same with padding', `${cursorOf('7')}==`],
  ])('is refused when it is %s', (_, cursor) => {
    expect(ordinalOf(cursor)).toBeNull();
  });

  it('is refused unless it is the very one we give', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), (text) => {
        const ordinal = ordinalOf(text);
        if (ordinal !== null) expect(cursorOf(ordinal.toString())).toBe(text);
      }),
    );
  });
});
