import type { DynamicModule, Type } from '@nestjs/common';

/**
 * What a library's module may tell the service about itself, beside being a module. `bootstrap` finds the parts in the
 * imports of the app's module, so a service that imports no database never loads one.
 */
export interface ServicePart extends DynamicModule {
  /** What is wrong with the environment, one sentence each. */
  readonly faultsOf?: (environment: NodeJS.ProcessEnv) => string[];
  /** True for an error of its own after which a message must be tried again. */
  readonly isTransient?: (error: unknown) => boolean;
  /** A provider that says whether it's usable; `name` is shown to operators. */
  readonly health?: { readonly name: string; readonly token: Type<Checked> };
}

export interface Checked {
  /** @throws when not usable; the message says why. */
  check(): Promise<void>;
  /** Read when somebody scrapes; a name that ends in `_total` is a counter, any other a gauge. */
  readings?(): { readonly name: string; readonly help: string; readonly value: number }[];
}

/** Every part imported by a module, directly or by what it imports. */
export async function partsOf(root: unknown, seen = new Set<unknown>()): Promise<ServicePart[]> {
  const found = (await root) as ServicePart | Type | { forwardRef(): Type } | undefined;
  if (!found || seen.has(found)) return [];
  seen.add(found);
  if (typeof found === 'object' && 'forwardRef' in found) return partsOf(found.forwardRef(), seen);
  const type = typeof found === 'function' ? found : found.module;
  const declared = (Reflect.getMetadata('imports', type) as unknown[] | undefined) ?? [];
  const own = typeof found === 'function' ? [] : [found, ...(await partsOfAll(found.imports ?? [], seen))];
  return [...own, ...(await partsOfAll(declared, seen))];
}

async function partsOfAll(imports: unknown[], seen: Set<unknown>): Promise<ServicePart[]> {
  const parts: ServicePart[] = [];
  for (const imported of imports) parts.push(...(await partsOf(imported, seen)));
  return parts;
}
