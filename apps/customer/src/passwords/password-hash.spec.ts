import { hash } from '@node-rs/argon2';
import { hashPassword, isOutdatedHash, verifyPassword } from './password-hash.js';

describe('password hashes', () => {
  it('are argon2id PHC strings with the stated parameters and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('a password'), hashPassword('a password')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).not.toBe(second);
  });

  it('verify the password they were made of and no other', async () => {
    const phc = await hashPassword('длинный пароль');
    expect(await verifyPassword(phc, 'длинный пароль')).toBe(true);
    expect(await verifyPassword(phc, 'Длинный пароль')).toBe(false);
    expect(await verifyPassword(phc, '')).toBe(false);
  });

  it('do not depend on how a keyboard composes a character', async () => {
    const phc = await hashPassword('caf\u00e9-caf\u00e9');
    expect(await verifyPassword(phc, 'cafe\u0301-cafe\u0301')).toBe(true);
  });

  it.each([
    ['less memory', { memoryCost: 8_192, timeCost: 2, parallelism: 1 }],
    ['fewer passes', { memoryCost: 19_456, timeCost: 1, parallelism: 1 }],
    ['another algorithm', { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 1 }],
  ])('are outdated when made with %s, and verify all the same', async (_what, options) => {
    const old = await hash('a password', options);
    expect(isOutdatedHash(old)).toBe(true);
    expect(await verifyPassword(old, 'a password')).toBe(true);
  });

  it('are not outdated when made today', async () => {
    expect(isOutdatedHash(await hashPassword('a password'))).toBe(false);
  });
});
