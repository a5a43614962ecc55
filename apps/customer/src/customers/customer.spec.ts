import fc from 'fast-check';
import { emailKeyOf, isSameRegistration, viewOf, type Customer } from './customer.js';

const ANNA: Customer = {
  customerId: '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41',
  email: 'Anna@Example.com',
  name: 'Anna Petrova',
  role: 'customer',
  language: 'ru',
  passwordHash: '$argon2id$secret',
  registeredAt: new Date('2026-01-02T03:04:05.678Z'),
};

describe('emailKeyOf', () => {
  it.each([
    ['ANNA@EXAMPLE.COM', 'anna@example.com'],
    [' anna@example.com ', 'anna@example.com'],
    ['Анна@Пример.рф', 'анна@пример.рф'],
    ['ａｎｎａ@example.com', 'anna@example.com'],
  ])('folds %s', (typed, key) => expect(emailKeyOf(typed)).toBe(key));

  it('keeps dots and plus-tags apart', () => {
    expect(emailKeyOf('an.na@example.com')).not.toBe(emailKeyOf('anna@example.com'));
    expect(emailKeyOf('anna+bank@example.com')).not.toBe(emailKeyOf('anna@example.com'));
  });

  it('does not depend on the case of ASCII addresses, and is stable', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(emailKeyOf(email.toUpperCase())).toBe(emailKeyOf(email));
        expect(emailKeyOf(emailKeyOf(email))).toBe(emailKeyOf(email));
      }),
    );
  });
});

describe('isSameRegistration', () => {
  const same = { email: 'anna@example.com', name: 'Anna Petrova ', language: 'ru' } as const;

  it('takes the same person for the same', () => expect(isSameRegistration(ANNA, same)).toBe(true));

  it.each([
    [{ ...same, email: 'other@example.com' }],
    [{ ...same, name: 'Anna Ivanova' }],
    [{ ...same, language: 'en' as const }],
  ])('tells another apart: %j', (other) => expect(isSameRegistration(ANNA, other)).toBe(false));

  it('never takes an operator for a registration', () => {
    expect(isSameRegistration({ ...ANNA, role: 'operator' }, same)).toBe(false);
  });
});

describe('viewOf', () => {
  it('leaves the hash out', () => {
    expect(viewOf(ANNA)).toEqual({
      customerId: ANNA.customerId,
      email: 'Anna@Example.com',
      name: 'Anna Petrova',
      role: 'customer',
      language: 'ru',
      registeredAt: '2026-01-02T03:04:05.678Z',
    });
  });
});
