import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { BaseSettings } from './base.settings.js';
import { readSettings } from './settings.reader.js';

class LedgerSettings {
  @IsInt()
  @Min(1)
  @Max(60_000)
  @Type(() => Number)
  FOLLOW_UP_AFTER_MS = 5_000;

  @IsBoolean()
  STRICT = true;

  @Matches(/^[a-z]+$/, { message: 'LEDGER_NAME must be lower-case letters' })
  LEDGER_NAME: string;

  @IsOptional()
  @Length(16, 100)
  LEDGER_TOKEN?: string;
}

describe('readSettings', () => {
  it('takes defaults, converts numbers and booleans', () => {
    const { settings, faults } = readSettings(LedgerSettings, {
      FOLLOW_UP_AFTER_MS: '250',
      STRICT: 'false',
      LEDGER_NAME: 'main',
    });
    expect(faults).toEqual([]);
    expect(settings).toBeInstanceOf(LedgerSettings);
    expect(settings).toMatchObject({ FOLLOW_UP_AFTER_MS: 250, STRICT: false, LEDGER_NAME: 'main' });
    expect(settings.LEDGER_TOKEN).toBeUndefined();
  });

  it('lists every fault at once, in sentences', () => {
    const { faults } = readSettings(LedgerSettings, { FOLLOW_UP_AFTER_MS: 'soon', STRICT: 'perhaps' });
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).toMatch(/FOLLOW_UP_AFTER_MS must be an integer number, but is "soon"/);
    expect(faults.join('\n')).toMatch(/STRICT must be a boolean value, but is "perhaps"/);
    expect(faults.join('\n')).toMatch(/LEDGER_NAME is missing: it must be lower-case letters/);
  });

  it('takes an empty variable for one that is not set', () => {
    const { settings, faults } = readSettings(LedgerSettings, { FOLLOW_UP_AFTER_MS: '', LEDGER_NAME: 'a' });
    expect(faults).toEqual([]);
    expect(settings.FOLLOW_UP_AFTER_MS).toBe(5_000);
  });

  it('never shows a secret, not even a wrong one', () => {
    const { faults } = readSettings(LedgerSettings, { LEDGER_NAME: 'a', LEDGER_TOKEN: 'hunter2' });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('LEDGER_TOKEN');
    expect(faults[0]).not.toContain('hunter2');
  });

  it('knows nothing of variables that the class has not', () => {
    const { settings } = readSettings(LedgerSettings, { LEDGER_NAME: 'a', PATH: '/bin' });
    expect(settings).not.toHaveProperty('PATH');
  });
});

describe('BaseSettings', () => {
  const read = (more: NodeJS.ProcessEnv) =>
    readSettings(BaseSettings, { KAFKA_BROKERS: '127.0.0.1:9092', INSTANCE: 'transaction-1', ...more });

  it('needs brokers and an instance only', () => {
    const { settings, faults } = read({ KAFKA_BROKERS: 'one:9092, two:9093' });
    expect(faults).toEqual([]);
    expect(settings.brokers).toEqual(['one:9092', 'two:9093']);
    expect(settings.HOST).toBe('127.0.0.1');
  });

  it.each([
    ['KAFKA_BROKERS', 'localhost'],
    ['KAFKA_BROKERS', ''],
    ['INSTANCE', 'a b'],
    ['NODE_ENV', 'prod'],
    ['LOG_LEVEL', 'loud'],
    ['PORT', '70000'],
    ['METRICS_TOKEN', 'short'],
  ])('refuses %s=%s', (name, value) => {
    const { faults } = read({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
  });
});
