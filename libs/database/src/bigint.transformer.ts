import type { ValueTransformer } from 'typeorm';

/**
 * For TypeORM columns of type `bigint`: the driver gives them as strings, because a JavaScript number loses units above
 * 2^53. `@Column('bigint', { transformer: bigintTransformer }) balanceMinor: bigint`.
 */
export const bigintTransformer: ValueTransformer = {
  to: (value: bigint | null | undefined): string | null | undefined =>
    typeof value === 'bigint' ? value.toString() : value,
  from: (value: string | null | undefined): bigint | null | undefined =>
    typeof value === 'string' ? BigInt(value) : value,
};
