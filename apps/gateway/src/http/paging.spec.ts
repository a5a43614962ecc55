import { nextPageUrl } from './paging.js';

describe('the next page', () => {
  it('keeps the filters and replaces the cursor', () => {
    expect(nextPageUrl('/api/v1/transfers?status=failed&limit=2&cursor=old', 'a+b/c=')).toBe(
      '/api/v1/transfers?status=failed&limit=2&cursor=a%2Bb%2Fc%3D',
    );
  });

  it('adds a cursor where there was no query', () => {
    expect(nextPageUrl('/api/v1/transfers', 'next')).toBe('/api/v1/transfers?cursor=next');
  });
});
