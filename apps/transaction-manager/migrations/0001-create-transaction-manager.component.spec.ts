import 'reflect-metadata';
import { ManagerOnPostgresql } from '../src/testing/manager-on-postgresql.js';
import { account, request, resultOf } from '../src/transfers/testing/sample-transfers.js';

/** What the database itself refuses, whatever the service does. */
describe("the register's tables", () => {
  let manager: ManagerOnPostgresql;
  const settled = request(account(), account());
  const pending = request(account(), account());

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    const replica = manager.replica();
    await replica.accept(settled, pending);
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
    'DELETE FROM transaction_manager.reforward',
    'UPDATE transaction_manager.reforward SET forwarded_at = now()',
    'DELETE FROM transaction_manager.account_copy',
    'UPDATE transaction_manager.account_copy SET customer_id = NULL',
    'ALTER TABLE transaction_manager.transfer DROP CONSTRAINT transfer_settled',
  ])('refuse the service %p', async (sql) => {
    await expect(manager.database.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ['a result of what is pending', `result = '{}'`],
    ['an end without a result', `status = 'completed'`],
    ['a refusal without a reason', `status = 'failed', result = '{}'`],
    ['a decision of what is pending', 'decided_by_ledger = true'],
    ['a status that there is not', `status = 'lost', result = '{}'`],
  ])('refuse %s', async (_, assignment) => {
    const sql = `UPDATE transaction_manager.transfer SET ${assignment} WHERE id = $1`;
    await expect(manager.database.query(sql, [pending.transferId])).rejects.toMatchObject({ code: '23514' });
  });
});
