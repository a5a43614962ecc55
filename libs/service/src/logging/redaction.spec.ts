import fc from 'fast-check';
import { describeError, maskLine, redact, secretsOf } from './redaction.js';

describe('redact', () => {
  it.each([
    'password',
    'newPassword',
    'sealedPassword',
    'authorization',
    'Cookie',
    'set-cookie',
    'apiKey',
    'api_key',
    'csrfToken',
  ])('hides %s at any depth', (name) => {
    const text = JSON.stringify(redact({ outer: [{ [name]: 'hunter2', kept: 1 }] }));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('"kept":1');
  });

  it('hides a secret wherever it stands (property)', () => {
    const canary = 'canary-4711';
    const place = fc.array(fc.constantFrom('a', 'list', 'inner', 'request'), { maxLength: 4 });
    fc.assert(
      fc.property(place, fc.constantFrom('password', 'token', 'cookie', 'clientSecret'), (path, name) => {
        const value = path.reduceRight<unknown>((inner, key) => ({ [key]: [inner] }), { [name]: canary });
        expect(JSON.stringify(redact(value))).not.toContain(canary);
      }),
    );
  });

  it('survives cycles, and says bigint and bytes in words', () => {
    const value: Record<string, unknown> = { amountMinor: 12n, body: Buffer.from('secret bytes') };
    value.self = value;
    expect(JSON.parse(JSON.stringify(redact(value)))).toMatchObject({
      amountMinor: '12',
      body: '[12 bytes]',
    });
  });

  it('tells of an error what helps, not the values it carries', () => {
    const error = Object.assign(new Error('duplicate key', { cause: new Error('below') }), {
      code: '23505',
      detail: 'Key (email)=(anna@example.com) already exists.',
      parameters: ['hunter2'],
    });
    const described = describeError(error);
    expect(described).toMatchObject({ type: 'Error', message: 'duplicate key', code: '23505' });
    expect(described.cause).toMatchObject({ message: 'below' });
    expect(JSON.stringify(described)).not.toMatch(/anna@|hunter2/);
  });
});

describe('maskLine', () => {
  it.each([
    ['to QP76KPCK000012345678 now', 'to …5678 now'],
    ['to QP76 KPCK 0000 1234 5678 now', 'to …5678 now'],
    ['at postgres://role:hunter2@db:5432/bank', 'at postgres://role:[redacted]@db:5432/bank'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [redacted]'],
    [`sealed s1.${'a'.repeat(60)} end`, 'sealed [redacted] end'],
    ['signed with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw now', 'signed with [redacted] now'],
    ['mail by smtps://bank:hunter2@mail.example:465', 'mail by smtps://bank:[redacted]@mail.example:465'],
  ])('masks "%s"', (line, masked) => expect(maskLine(line)).toBe(masked));

  it("masks the process's own secrets, whoever writes them", () => {
    const secrets = secretsOf({
      OPERATOR_PASSWORD: 'correct horse',
      SEALING_KEY: 'c2VjcmV0LWtleQ==',
      PATH: '/usr/bin',
    });
    expect(maskLine('it is correct horse and c2VjcmV0LWtleQ== in /usr/bin', secrets)).toBe(
      'it is [redacted] and [redacted] in /usr/bin',
    );
  });

  it('knows the keys that go to gateways in headers, and passwords that stand encoded in addresses', () => {
    const secrets = secretsOf({
      SMS_GATEWAY_HEADERS: '{"content-type":"application/json","x-api-key":"k-123456789"}',
      SMTP_URL: 'smtp://bank:p%40ssw0rd!@mail.example:587',
    });
    expect(maskLine('application/json k-123456789 p%40ssw0rd! p@ssw0rd!', secrets)).toBe(
      'application/json [redacted] [redacted] [redacted]',
    );
  });

  it('leaves other text alone', () => {
    const line = '{"transferId":"5a1c7f0e-6f0b-4f7e-9a53-0b7a0d5a2c11","url":"http://localhost:3000/a@b"}';
    expect(maskLine(line)).toBe(line);
  });
});
