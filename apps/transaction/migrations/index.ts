import type { ServiceDatabase } from '@kopeck/database';
import { CreateLedger0000000000001 } from './0001-create-ledger.js';

export const DATABASE: ServiceDatabase = {
  service: 'transaction',
  schema: 'ledger',
  migrations: [CreateLedger0000000000001],
};
