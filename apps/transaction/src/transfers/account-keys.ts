import type { Instruction } from './instruction.js';
import { bankAccountIdsOf } from './postings.js';

/** By which accounts are asked for, each once. */
export interface AccountKeys {
  readonly accountIds: readonly string[];
  readonly numbers: readonly string[];
}

/** All accounts that these instructions are decided on. */
export function accountKeysOf(instructions: readonly Instruction[]): AccountKeys {
  return {
    accountIds: unique(instructions.flatMap((one) => [one.debitAccountId, ...bankAccountIdsOf(one)])),
    numbers: unique(instructions.map(({ creditAccountNumber }) => creditAccountNumber)),
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
