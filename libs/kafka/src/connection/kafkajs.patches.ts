import { Logger } from '@nestjs/common';
import { patchChecksum } from './checksum.patch.js';
import { patchEncoderBuffers } from './encoder-buffers.patch.js';
import { patchIdleTimer } from './idle-timer.patch.js';
import { patchRecordDecoder } from './record-decoder.patch.js';
import { patchRecordEncoder } from './record-encoder.patch.js';

let attempted: Promise<void> | undefined;

/** What kafkajs costs needlessly is mended in its internals, once a process; its behaviour stays. */
export function patchKafkaJs(): Promise<void> {
  attempted ??= patch();
  return attempted;
}

async function patch(): Promise<void> {
  // @ts-expect-error kafkajs has no types for its internals
  const queue = await exported(() => import('kafkajs/src/network/requestQueue/index.js'));
  if (!patchIdleTimer(queue as never)) warn('the idle timer patch', 'idle processes will use more CPU');
  // @ts-expect-error kafkajs has no types for its internals
  const encoder = await exported(() => import('kafkajs/src/protocol/encoder.js'));
  if (!patchEncoderBuffers(encoder)) warn('the patch of its encoder', 'sending will use more CPU');
  // @ts-expect-error kafkajs has no types for its internals
  const encode = await exported(() => import('kafkajs/src/protocol/recordBatch/record/v0/index.js'));
  if (!patchRecordEncoder(encode)) warn('the record encoder patch', 'sending will use more CPU');
  // @ts-expect-error kafkajs has no types for its internals
  const decode = await exported(() => import('kafkajs/src/protocol/recordBatch/record/v0/decoder.js'));
  // @ts-expect-error kafkajs has no types for its internals
  const reader = await exported(() => import('kafkajs/src/protocol/decoder.js'));
  if (!patchRecordDecoder(decode, reader)) warn('the record decoder patch', 'reading will use more CPU');
  // @ts-expect-error kafkajs has no types for its internals
  const checksum = await exported(() => import('kafkajs/src/protocol/recordBatch/crc32C/index.js'));
  if (!patchChecksum(checksum)) warn('the checksum patch', 'sending will use more CPU');
}

function warn(which: string, consequence: string): void {
  new Logger('Kafka').warn(`kafkajs is not the version that ${which} was written for: ${consequence}`);
}

/** Undefined where this kafkajs has no such module. */
async function exported(load: () => Promise<unknown>): Promise<unknown> {
  try {
    return ((await load()) as { default?: unknown }).default;
  } catch {
    return undefined;
  }
}
