import { maskedEmail, maskedPhone, shownUrl } from './masked-target.js';

describe('targets as they are shown', () => {
  it.each([
    ['anna@example.com', 'a•••@example.com'],
    ['😀nna@example.com', '😀•••@example.com'],
    ['"a@b"@example.com', '"•••@example.com'],
    ['nonsense', '•••'],
  ])('masks %s', (email, masked) => expect(maskedEmail(email)).toBe(masked));

  it('shows the country and the last two digits of a number', () => {
    expect(maskedPhone('+79261234589')).toBe('+7•••89');
  });

  it('shows of an address what is no secret', () => {
    expect(shownUrl('https://shop.example/hooks?token=secret')).toBe('https://shop.example/hooks');
    expect(shownUrl('not an address')).toBe('•••');
  });
});
