import type { TransferOutcome, TransferView } from '@kopeck/contracts';
import type { Rejection } from './attempt.js';

/** What an attempt at a transfer came to within the time the client wanted to wait. */
export type AttemptOutcome =
  | { readonly kind: 'finished'; readonly result: TransferOutcome; readonly isReplay: boolean }
  | { readonly kind: 'found'; readonly view: TransferView; readonly isReplay: boolean }
  | ({ readonly kind: 'rejected' } & Rejection)
  | { readonly kind: 'pending' };
