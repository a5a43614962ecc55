import { findChromium } from './chromium.mjs';

describe('the browser of this machine', () => {
  const find = (environment: Record<string, string>, programs: readonly string[]) =>
    findChromium(environment, (file: string) => programs.includes(file));

  it('is found where packages put it, and on the path', () => {
    expect(find({}, ['/usr/bin/chromium', '/usr/bin/google-chrome'])).toBe('/usr/bin/chromium');
    expect(find({}, ['/usr/bin/google-chrome'])).toBe('/usr/bin/google-chrome');
    expect(find({ PATH: 'bin:/opt/bin' }, ['/opt/bin/chromium-browser'])).toBe('/opt/bin/chromium-browser');
  });

  it('may be named', () => {
    const named = { CHROMIUM_PATH: '/opt/chromium' };
    expect(find(named, ['/usr/bin/chromium', '/opt/chromium'])).toBe('/opt/chromium');
    expect(() => find(named, ['/usr/bin/chromium'])).toThrow(/CHROMIUM_PATH names \/opt\/chromium/);
  });

  it('is asked for in a sentence where there is none', () => {
    expect(() => find({ PATH: '/bin' }, [])).toThrow(/^Chromium is missing: .*apt-get install chromium/);
  });
});
