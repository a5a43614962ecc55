import { reportOf } from '../doctor.mjs';
import { CHECKS, type Circumstances } from './checks.mjs';

const nothing: Circumstances = { given: {}, hasDocker: false };

describe('doctor', () => {
  it('says what to do about what is missing, and nothing about what is there', () => {
    const lines = reportOf([
      { ok: true, needed: true, what: 'Node 24', advice: 'Install Node.' },
      { ok: false, needed: true, what: 'Java is missing', advice: 'Install Java.' },
      { ok: false, needed: false, what: 'No Docker' },
    ]);
    expect(lines).toEqual([
      '✓ Node 24',
      '✗ Java is missing\n    Install Java.',
      '– No Docker',
      '',
      'One thing is missing.',
    ]);
  });

  it('promises no start where everything is up already', () => {
    const node = { ok: true, needed: true, what: 'Node 24' };
    expect(reportOf([node]).at(-1)).toBe('npm start will work.');
    expect(reportOf([node], { isRunning: true }).at(-1)).toBe('Nothing is missing, and Kopeck is running.');
  });

  it('looks at everything without falling over', async () => {
    const findings = await Promise.all(CHECKS.map((check) => check(nothing)));
    for (const { what, ok, needed, advice } of findings) {
      expect(what).not.toContain('undefined');
      if (needed && !ok) expect(advice).toBeTruthy();
    }
  });

  it('needs no Java where a broker is named or Docker runs one', async () => {
    const neededWith = async (circumstances: Circumstances) => {
      const findings = await Promise.all(CHECKS.slice(2, 4).map((check) => check(circumstances)));
      return findings.some(({ needed }) => needed);
    };
    expect(await neededWith({ given: { KAFKA_BROKERS: '127.0.0.1:9' }, hasDocker: false })).toBe(false);
    expect(await neededWith({ given: {}, hasDocker: true })).toBe(false);
  });

  it('tells that a named server is silent', async () => {
    const named = CHECKS.at(-1)!;
    const finding = await named({ given: { REDIS_URL: 'redis://127.0.0.1:1' }, hasDocker: false });
    expect(finding).toMatchObject({ ok: false, needed: true, what: 'nobody answers at REDIS_URL' });
  });
});
