import { QueryFailedError } from 'typeorm';
import {
  breaksConnection,
  constraintOf,
  isTransientDatabaseError,
  sqlStateOf,
  TooManyWaiting,
} from './database-errors.js';

const withCode = (code: string, message = 'no') => Object.assign(new Error(message), { code });

describe('isTransientDatabaseError', () => {
  it.each([
    '08006',
    '08P01',
    '40001',
    '40P01',
    '53100',
    '53300',
    '55P03',
    '57014',
    '57P01',
    '57P02',
    '57P03',
    '58030',
  ])('keeps the message after SQLSTATE %s', (code) =>
    expect(isTransientDatabaseError(withCode(code))).toBe(true),
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])(
    'keeps the message after %s',
    (code) => expect(isTransientDatabaseError(withCode(code))).toBe(true),
  );

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client was closed and is not queryable',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ])('knows what pg says without a code: %s', (message) =>
    expect(isTransientDatabaseError(new Error(message))).toBe(true),
  );

  it.each(['23505', '23514', '22P02', '42P01', '42501', '42601'])('lets go after SQLSTATE %s', (code) =>
    expect(isTransientDatabaseError(withCode(code))).toBe(false),
  );

  it('looks behind what wraps the error', () => {
    const wrapped = new Error('could not store', {
      cause: new QueryFailedError('SELECT 1', [], withCode('57P01')),
    });
    expect(isTransientDatabaseError(wrapped)).toBe(true);
    expect(sqlStateOf(wrapped)).toBe('57P01');
  });

  it('looks into the parts of an AggregateError', () => {
    const refused = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]);
    expect(isTransientDatabaseError(refused)).toBe(true);
  });

  it('survives a cycle of causes', () => {
    const error = new Error('round');
    error.cause = error;
    expect(isTransientDatabaseError(error)).toBe(false);
  });

  it.each([undefined, null, 'ECONNREFUSED', 7])('is false for %p, which is no error', (thing) =>
    expect(isTransientDatabaseError(thing)).toBe(false),
  );

  it('counts a full queue', () => expect(isTransientDatabaseError(new TooManyWaiting(3))).toBe(true));
});

describe('constraintOf', () => {
  it('looks behind what wraps the error', () => {
    const violated = Object.assign(withCode('23505'), { constraint: 'account_number_unique' });
    expect(constraintOf(new QueryFailedError('INSERT', [], violated))).toBe('account_number_unique');
  });

  it('is undefined where none was violated', () => expect(constraintOf(withCode('57P01'))).toBeUndefined());
});

describe('breaksConnection', () => {
  it.each(['08006', '57P01', '25P03', '26000'])('gives up a connection after %s', (code) =>
    expect(breaksConnection(withCode(code))).toBe(true),
  );

  it.each(['40001', '40P01', '55P03', '57014', '53300', '23505', '42601'])('keeps it after %s', (code) =>
    expect(breaksConnection(withCode(code))).toBe(false),
  );

  it('gives it up when an answer never came, keeps it after an error of the work itself', () => {
    expect(breaksConnection(new Error('Query read timeout'))).toBe(true);
    expect(breaksConnection(new Error('insufficient imagination'))).toBe(false);
  });
});
