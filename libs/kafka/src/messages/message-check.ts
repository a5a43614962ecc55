import { quickCheckOf, type QuickCheck } from '@kopeck/contracts';
import type { DtoClass } from '../handlers/batch-of.js';

/**
 * class-transformer walks each value of a message, for nothing where a class has no transformations.
 *
 * @returns undefined for a class that needs the libraries: nested, transformed, asynchronous or grouped rules.
 */
export async function messageCheckOf(dto: DtoClass<object>): Promise<QuickCheck | undefined> {
  if (isTransformed(dto, await transformerStorage())) return undefined;
  return quickCheckOf(dto, { knownFieldsOnly: false, nested: false });
}

interface TransformerStorage {
  readonly [kind: string]: Map<unknown, unknown> | undefined;
}

const TRANSFORMATIONS = ['_typeMetadatas', '_transformMetadatas', '_exposeMetadatas', '_excludeMetadatas'];

/** True also where it can't be known. */
function isTransformed(dto: DtoClass<object>, storage: TransformerStorage | undefined): boolean {
  if (!storage || !TRANSFORMATIONS.every((kind) => storage[kind] instanceof Map)) return true;
  for (let type: unknown = dto; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
    if (TRANSFORMATIONS.some((kind) => storage[kind]?.has(type))) return true;
  }
  return false;
}

async function transformerStorage(): Promise<TransformerStorage | undefined> {
  try {
    // @ts-expect-error class-transformer has no types at this place
    const module = (await import('class-transformer/cjs/storage.js')) as {
      default?: { defaultMetadataStorage?: TransformerStorage };
    };
    return module.default?.defaultMetadataStorage;
  } catch {
    return undefined;
  }
}
