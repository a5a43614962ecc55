import type { ServiceDatabase } from '@kopeck/database';
import { CreateCustomer0000000000001 } from './0001-create-customer.js';
import { AnnounceCustomers0000000000002 } from './0002-announce-customers.js';

export const DATABASE: ServiceDatabase = {
  service: 'customer',
  schema: 'customer',
  migrations: [CreateCustomer0000000000001, AnnounceCustomers0000000000002],
};
