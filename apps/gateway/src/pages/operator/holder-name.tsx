import type { OperatorAccountResource } from '../../operator/operator.dto.js';
import { useVisit } from '../rendering/visit-context.js';
import type { Person } from './people.service.js';

export interface HolderNameProps {
  readonly account: Pick<OperatorAccountResource, 'kind' | 'customerId'>;
  readonly holder: Person | undefined;
}

/** Whose account it is: a person with their address, or what the bank has it for. */
export function HolderName({ account: { kind, customerId }, holder }: HolderNameProps) {
  const { words } = useVisit();
  if (kind !== 'customer') return <>{words.operatorAccounts.bankKinds[kind]}</>;
  if (!holder) return <code class="id">{customerId}</code>;
  return (
    <>
      {holder.name}
      <div class="note">{holder.email}</div>
    </>
  );
}
