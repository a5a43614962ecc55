import { Injectable } from '@nestjs/common';
import { OFFERED_CURRENCIES, PREFERENCE_QUESTIONS, type PreferencesView } from '@kopeck/contracts';
import { MoneyDto } from '../documentation/money.documentation.js';
import { invalidRequest } from '../http/invalid-request.js';
import type { Fault } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { revisionFor } from '../http/required-revision.js';
import { offeredCurrencyFault } from '../rates/offered-currency.decorator.js';
import type { ChangePreferencesBody } from './preference.dto.js';

@Injectable()
export class ChangePreferencesService {
  constructor(private readonly questions: Questions) {}

  /** @throws {Problem} `version_required` (428), `stale_version` (412), `validation_failed` with each fault's place. */
  async change(body: ChangePreferencesBody, customerId: string, ifMatch?: string): Promise<PreferencesView> {
    const faults = faultsOf(body);
    if (faults.length > 0) throw invalidRequest(faults);
    const options = { key: customerId, about: 'customer' };
    const revision = await revisionFor(ifMatch, 'preferences', () =>
      this.questions.ask(PREFERENCE_QUESTIONS.read, { customerId }, options),
    );
    const { language, timeZone, quietHours, channels, rateDigest, rateCurrencies } = body;
    const minimumAmounts = body.minimumAmounts.map((dto) => {
      const { amountMinor, currency } = MoneyDto.toMoney(dto);
      return { amountMinor: amountMinor.toString(), currency };
    });
    const chosen = { language, timeZone, quietHours, channels, rateDigest, rateCurrencies, minimumAmounts };
    return this.questions.ask(PREFERENCE_QUESTIONS.change, { customerId, revision, ...chosen }, options);
  }
}

/** Money may be of any currency there is; here only those count in which there are accounts. */
function faultsOf({ minimumAmounts }: ChangePreferencesBody): Fault[] {
  return minimumAmounts.flatMap(({ currency }, index) =>
    (OFFERED_CURRENCIES as readonly string[]).includes(currency)
      ? []
      : [{ detail: offeredCurrencyFault('currency'), pointer: `#/minimumAmounts/${index}/currency` }],
  );
}
