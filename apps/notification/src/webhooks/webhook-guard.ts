import { resolveByDns, resolveBySystem, type Guard } from './guarded-post.js';
import { isPublicAddress } from './public-address.js';
import { faultOfWebhookUrl } from './webhook-url.js';

/** For tests that resolve names in their own way. */
export const WEBHOOK_GUARD = Symbol('webhook guard');

export function webhookGuardOf(isStrict: boolean): Guard {
  return {
    isUrlAllowed: (url) => faultOfWebhookUrl(url, isStrict) === undefined,
    isAddressAllowed: (address) => !isStrict || isPublicAddress(address),
    resolve: isStrict ? resolveByDns : resolveBySystem,
  };
}
