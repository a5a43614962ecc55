import { Logger } from '@nestjs/common';
import { patchIdleTimer, type RequestQueueInternals } from './idle-timer.patch.js';
import { patchRecordEncoder } from './record-encoder.patch.js';

let attempted: Promise<void> | undefined;

/** What kafkajs costs needlessly is mended in its internals, once a process; its behaviour stays. */
export function patchKafkaJs(): Promise<void> {
  attempted ??= loadRequestQueue().then((queue) => {
    if (!queue || !patchIdleTimer(queue)) {
      warn('the idle timer patch', 'idle processes will use more CPU');
    }
    if (!patchRecordEncoder()) warn('the record encoder patch', 'sending will use more CPU');
  });
  return attempted;
}

function warn(patch: string, consequence: string): void {
  new Logger('Kafka').warn(`kafkajs is not the version that ${patch} was written for: ${consequence}`);
}

async function loadRequestQueue(): Promise<{ prototype: RequestQueueInternals } | undefined> {
  try {
    // @ts-expect-error kafkajs has no types for its internals
    const module = (await import('kafkajs/src/network/requestQueue/index.js')) as {
      default?: { prototype: RequestQueueInternals };
    };
    return module.default;
  } catch {
    return undefined;
  }
}
