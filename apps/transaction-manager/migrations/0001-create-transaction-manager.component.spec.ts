import 'reflect-metadata';
import { ManagerOnPostgresql } from '../src/testing/manager-on-postgresql.js';
import { account, request, resultOf } from '../src/transfers/testing/sample-transfers.js';

/** What the database itself refuses, whatever the service does. */
describe("the register's tables", () => {
  let manager: ManagerOnPostgresql;
  const settled = request(account(), account());

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    const replica = manager.replica();
    await replica.accept(settled);
    await replica.follow(resultOf(settled, account()));
  }, 30_000);

  afterAll(() => manager?.drop());

  it.each([
    'DELETE FROM transaction_manager.transfer',
    'TRUNCATE transaction_manager.transfer',
    'UPDATE transaction_manager.transfer SET amount_minor = 1',
    'UPDATE transaction_manager.transfer SET customer_id = gen_random_uuid()',
    `UPDATE transaction_manager.transfer SET payload_hash = sha256('')`,
    'UPDATE transaction_manager.transfer SET requested_at = now()',
    'TRUNCATE transaction_manager.pending',
    'UPDATE transaction_manager.pending SET transfer_id = gen_random_uuid()',
    'DELETE FROM transaction_manager.settlement',
    `UPDATE transaction_manager.settlement SET status = 'failed'`,
    'DELETE FROM transaction_manager.reforward',
    'UPDATE transaction_manager.reforward SET forwarded_at = now()',
    'DELETE FROM transaction_manager.account_copy',
    'UPDATE transaction_manager.account_copy SET customer_id = NULL',
    'ALTER TABLE transaction_manager.settlement DROP CONSTRAINT settlement_pkey',
  ])('refuse the service %p', async (sql) => {
    await expect(manager.database.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ['a refusal without a reason', `status = 'failed'`],
    ['a completed one with a reason', `reason = 'limit_exceeded'`],
    ['a status that there is not', `status = 'lost'`],
  ])('refuse %s', async (_, assignment) => {
    const sql = `UPDATE transaction_manager.settlement SET ${assignment} WHERE transfer_id = $1`;
    await expect(manager.temporary.query(sql, [settled.transferId])).rejects.toMatchObject({ code: '23514' });
  });
});
