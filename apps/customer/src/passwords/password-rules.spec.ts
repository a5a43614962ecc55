import fc from 'fast-check';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@kopeck/contracts';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { passwordFault } from './password-rules.js';

const ANNA = { email: 'Anna.Petrova@example.com', name: 'Anna Maria Petrova' };

describe('passwordFault', () => {
  it.each(['kopeck-demo-2026', 'длинный пароль с пробелами', 'x7!kf9$qLm', '🙂🙃😉🤝🏦💶💷💴💵🪙'])(
    'takes %s',
    (password) => expect(passwordFault(password, ANNA)).toBeNull(),
  );

  it('counts characters, not bytes', () => {
    expect(passwordFault('🙂🙃😉🤝🏦', ANNA)).toMatch(/at least 10 characters/);
    expect(passwordFault('ж'.repeat(199) + 'x', ANNA)).toBeNull();
    expect(passwordFault('ж'.repeat(200) + 'x', ANNA)).toMatch(/at most 200 characters/);
  });

  it.each(['anna.petrova@example.com', 'ANNA.PETROVA', 'anna maria petrova', 'AnnaMariaPetrova'])(
    'refuses what everybody knows of the owner: %s',
    (password) => expect(passwordFault(password, ANNA)).toMatch(/name or e-mail address/),
  );

  it.each(['Password1234', 'qwerty 12345', 'ЙЦУКЕН12345', 'aaaaaaaaaa', 'ｐａｓｓｗｏｒｄ１２３４'])(
    'refuses what everybody guesses: %s',
    (password) => expect(passwordFault(password, ANNA)).toMatch(/anybody would guess/),
  );

  it('has a list of folded passwords that are long enough to matter', () => {
    for (const password of COMMON_PASSWORDS) {
      expect([...password].length).toBeGreaterThanOrEqual(PASSWORD_MIN_LENGTH);
      expect(password).toBe(password.normalize('NFKC').toLowerCase());
    }
  });

  it('never takes a password of another length', () => {
    const character = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
    const outside = fc.oneof(
      fc.array(character, { maxLength: PASSWORD_MIN_LENGTH - 1 }),
      fc.array(character, { minLength: PASSWORD_MAX_LENGTH + 1, maxLength: PASSWORD_MAX_LENGTH + 50 }),
    );
    fc.assert(
      fc.property(outside, (characters) => {
        const password = characters.join('');
        fc.pre([...password].length === characters.length);
        expect(passwordFault(password, ANNA)).toMatch(/must have at (least|most)/);
      }),
    );
  });
});
