import type { ManagerOnPostgresql } from './manager-on-postgresql.js';

/** For tests of plans: as many transfers as no statement may read through. */
export async function fillRegister(
  manager: ManagerOnPostgresql,
  settled: number,
  pending: number,
): Promise<void> {
  await manager.temporary.query(FILL, [settled, pending]);
  await manager.temporary.query(
    'VACUUM ANALYZE transaction_manager.transfer, transaction_manager.pending, transaction_manager.settlement',
  );
}

/** Mostly completed transfers among a thousand customers, a hundredth of them failed, the newest pending. */
const FILL = `
  WITH made AS (
    INSERT INTO transaction_manager.transfer
      (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, amount_minor, currency,
       requested_at)
    SELECT gen_random_uuid(), gen_random_uuid(), md5((n % 1000)::text)::uuid, 'transfer', sha256(n::text::bytea),
           gen_random_uuid(), 'QP76KPCK000012345678', 1, 'EUR', now()
      FROM generate_series(1, $1::int + $2::int) AS n ORDER BY n
    RETURNING id, ordinal
  ), waiting AS (
    INSERT INTO transaction_manager.pending (transfer_id, ordinal, forward_count, next_forward_at)
    SELECT id, ordinal, 1, now() FROM made WHERE ordinal > $1
  )
  INSERT INTO transaction_manager.settlement
    (transfer_id, ordinal, status, reason, credit_customer_id, settled_at, decided_by_ledger, forward_count)
  SELECT id, ordinal, status, CASE WHEN status = 'failed' THEN 'insufficient_funds' END,
         md5((ordinal % 999)::text)::uuid, now(), true, 1
    FROM made, LATERAL (SELECT CASE WHEN ordinal % 100 = 0 THEN 'failed' ELSE 'completed' END) AS s (status)
   WHERE ordinal <= $1`;
