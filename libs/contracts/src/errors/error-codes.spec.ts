import { STATUS_CODES } from 'node:http';
import { ERRORS, REFUSAL_REASONS } from './error-codes.js';

describe('error codes', () => {
  it.each(Object.entries(ERRORS))('%s has a status and a title', (code, { status, title }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(STATUS_CODES[status]).toBeDefined();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });

  it.each(REFUSAL_REASONS)('%s, a final refusal of a transfer, is 422', (reason) => {
    expect(ERRORS[reason].status).toBe(422);
  });

  it('has each reason once', () => {
    expect(new Set(REFUSAL_REASONS).size).toBe(REFUSAL_REASONS.length);
  });
});
