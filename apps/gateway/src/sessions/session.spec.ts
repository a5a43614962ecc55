import { ABSOLUTE_MS, IDLE_MS, bearerTokenOf, hashOf, newToken, timeToLiveMs } from './session.js';

const session = (endsAtMs: number) => ({
  customerId: 'c',
  role: 'customer' as const,
  endsAtMs,
  usedAtMs: 0,
});

describe('a session', () => {
  it('has a token of 256 random bits, of which only the hash is kept', () => {
    const tokens = Array.from({ length: 100 }, newToken);
    expect(new Set(tokens).size).toBe(100);
    expect(Buffer.from(tokens[0]!, 'base64url')).toHaveLength(32);
    expect(hashOf(tokens[0]!)).not.toContain(tokens[0]);
  });

  it('is named by a bearer token only', () => {
    const token = newToken();
    expect(bearerTokenOf(`Bearer ${token}`)).toBe(token);
    expect(bearerTokenOf(`bearer ${token}`)).toBe(token);
    for (const header of [
      undefined,
      '',
      token,
      `Basic ${token}`,
      'Bearer ',
      `Bearer ${token}x`,
      'Bearer a b',
    ]) {
      expect(bearerTokenOf(header)).toBeUndefined();
    }
  });

  it('lives half an hour idle, but not beyond its absolute end', () => {
    expect(timeToLiveMs(session(ABSOLUTE_MS), 0)).toBe(IDLE_MS);
    expect(timeToLiveMs(session(ABSOLUTE_MS), ABSOLUTE_MS - 1_000)).toBe(1_000);
  });
});
