import {
  ChangePreferences,
  PREFERENCE_QUESTIONS,
  ReadPreferences,
  type PreferencesView,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ChoosePreferencesService } from './choose-preferences.service.js';

@Controller()
export class PreferencesController {
  constructor(private readonly service: ChoosePreferencesService) {}

  @MessagePattern(PREFERENCE_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadPreferences))
  read(@Payload() { customerId }: ReadPreferences): Promise<PreferencesView> {
    return this.service.read(customerId);
  }

  @MessagePattern(PREFERENCE_QUESTIONS.change.pattern, Transport.KAFKA, answers(ChangePreferences))
  change(@Payload() change: ChangePreferences): Promise<PreferencesView | Refusal> {
    return this.service.change(change);
  }
}
