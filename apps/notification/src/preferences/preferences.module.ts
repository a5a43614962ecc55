import { Module } from '@nestjs/common';
import { ChoosePreferencesService } from './choose-preferences.service.js';
import { PreferenceRepository } from './preference.repository.js';
import { PreferencesController } from './preferences.controller.js';

@Module({
  controllers: [PreferencesController],
  providers: [PreferenceRepository, ChoosePreferencesService],
  exports: [PreferenceRepository],
})
export class PreferencesModule {}
