import { refusal, type ChangePreferences, type PreferencesView, type Refusal } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { PreferenceRepository } from './preference.repository.js';
import { chosenOf, faultOf } from './preferences.js';

const CHANGED_MEANWHILE = refusal(
  'stale_version',
  'The preferences were changed in the meantime. Read them again and repeat your change.',
);

/** Preferences as their owner sees and changes them. */
@Injectable()
export class ChoosePreferencesService {
  constructor(private readonly preferences: PreferenceRepository) {}

  async read(customerId: string): Promise<PreferencesView> {
    const { revision, preferences } = await this.preferences.find(customerId);
    return { revision, ...preferences };
  }

  /** Channels that aren't set up may be on: they reach nobody until they are. */
  async change(change: ChangePreferences): Promise<PreferencesView | Refusal> {
    const fault = faultOf(change);
    if (fault) return fault;
    const chosen = chosenOf(change);
    const revision = await this.preferences.save(change.customerId, change.revision, chosen);
    return revision === undefined ? CHANGED_MEANWHILE : { revision, ...chosen };
  }
}
