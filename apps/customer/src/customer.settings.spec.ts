import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { CustomerSettings } from './customer.settings.js';

const SEALING_KEY = Buffer.alloc(32, 7).toString('base64');

function faultsOf(environment: Record<string, string>): string[] {
  const settings = plainToInstance(CustomerSettings, environment, { exposeDefaultValues: true });
  return validateSync(settings).flatMap((error) => Object.values(error.constraints ?? {}));
}

describe('CustomerSettings', () => {
  it('needs the sealing key only', () => {
    expect(faultsOf({ SEALING_KEY })).toEqual([]);
    expect(faultsOf({})).toEqual([expect.stringMatching(/SEALING_KEY must be 32 bytes in base64/)]);
    expect(faultsOf({ SEALING_KEY: Buffer.alloc(31).toString('base64') })).toHaveLength(1);
  });

  it('takes an operator whole or not at all', () => {
    const OPERATOR_EMAIL = 'operator@example.com';
    const OPERATOR_PASSWORD = 'kopeck-demo-2026';
    expect(faultsOf({ SEALING_KEY, OPERATOR_EMAIL, OPERATOR_PASSWORD })).toEqual([]);
    expect(faultsOf({ SEALING_KEY, OPERATOR_EMAIL })).toEqual([
      expect.stringMatching(/^OPERATOR_PASSWORD must/),
    ]);
    expect(faultsOf({ SEALING_KEY, OPERATOR_PASSWORD })).toEqual([
      expect.stringMatching(/^OPERATOR_EMAIL must/),
    ]);
    expect(faultsOf({ SEALING_KEY, OPERATOR_EMAIL, OPERATOR_PASSWORD: 'short' })).toHaveLength(1);
  });

  it('bounds the hashing queue', () => {
    expect(faultsOf({ SEALING_KEY, PASSWORD_HASHES_AT_ONCE: '4', PASSWORD_HASHES_WAITING: '10' })).toEqual(
      [],
    );
    expect(faultsOf({ SEALING_KEY, PASSWORD_HASHES_AT_ONCE: '0' })).toHaveLength(1);
    expect(faultsOf({ SEALING_KEY, PASSWORD_HASHES_WAITING: 'many' })).not.toEqual([]);
  });
});
