import type { ServiceDatabase } from '@kopeck/database';
import { CreateLedger0000000000001 } from './0001-create-ledger.js';
import { AddConversions0000000000002 } from './0002-add-conversions.js';
import { AddEntryTimes0000000000003 } from './0003-add-entry-times.js';
import { PlanWithoutMemoize0000000000004 } from './0004-plan-without-memoize.js';
import { AssertChainsHeld0000000000005 } from './0005-assert-chains-held.js';
import { AssertAccountsHeld0000000000006 } from './0006-assert-accounts-held.js';
import { AgreeAtOnce0000000000007 } from './0007-agree-at-once.js';
import { KeepMilestones0000000000008 } from './0008-keep-milestones.js';

export const DATABASE: ServiceDatabase = {
  service: 'transaction',
  schema: 'ledger',
  migrations: [
    CreateLedger0000000000001,
    AddConversions0000000000002,
    AddEntryTimes0000000000003,
    PlanWithoutMemoize0000000000004,
    AssertChainsHeld0000000000005,
    AssertAccountsHeld0000000000006,
    AgreeAtOnce0000000000007,
    KeepMilestones0000000000008,
  ],
};
