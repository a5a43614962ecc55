import type { ServiceDatabase } from '@kopeck/database';
import { CreateRates0000000000001 } from './0001-create-rates.js';
import { CreateQuotes0000000000002 } from './0002-create-quotes.js';
import { CreateOrders0000000000003 } from './0003-create-orders.js';

export const DATABASE: ServiceDatabase = {
  service: 'currency-converter',
  schema: 'fx',
  migrations: [CreateRates0000000000001, CreateQuotes0000000000002, CreateOrders0000000000003],
};
