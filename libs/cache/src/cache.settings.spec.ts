import { readCacheSettings } from './cache.settings.js';

describe('readCacheSettings', () => {
  it('needs an address only', () => {
    const { settings, faults } = readCacheSettings({ REDIS_URL: 'redis://127.0.0.1:6379' });
    expect(faults).toEqual([]);
    expect(settings.commandTimeoutMs).toBe(1_000);
  });

  it.each([undefined, '', 'localhost:6379', 'http://localhost'])('refuses the address %p', (url) =>
    expect(readCacheSettings({ REDIS_URL: url }).faults[0]).toMatch(
      /^REDIS_URL .*redis:\/\/127\.0\.0\.1:6379$/,
    ),
  );

  it('lists every fault at once', () => {
    const { faults } = readCacheSettings({ REDIS_COMMAND_TIMEOUT_MS: '0', REDIS_WAIT_AT_BOOT_MS: 'long' });
    expect(faults).toHaveLength(3);
  });
});
