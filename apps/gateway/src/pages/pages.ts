import { AccountPageController } from './accounts/account.controller.js';
import { AccountsPageController } from './accounts/accounts.controller.js';
import { BalanceCourses } from './accounts/balance-courses.service.js';
import { ExportHistoryService } from './accounts/export-history.service.js';
import { OwnAccounts } from './accounts/own-accounts.service.js';
import { ReadAccountPageService } from './accounts/read-account-page.service.js';
import { AppearanceController } from './appearance/appearance.controller.js';
import { ConvertPageController } from './convert/convert.controller.js';
import { ConvertService } from './convert/convert.service.js';
import { DashboardPageController } from './dashboard/dashboard.controller.js';
import { ReadDashboardService } from './dashboard/read-dashboard.service.js';
import { DeveloperPageController } from './developer/developer.controller.js';
import { WebhookActionsPageController } from './developer/webhook-actions.controller.js';
import { WebhooksPageController } from './developer/webhooks.controller.js';
import { DeliveriesPageController } from './notifications/deliveries.controller.js';
import { InboxPageController } from './notifications/inbox.controller.js';
import { ContactFactsService } from './preferences/contact-facts.service.js';
import { PhonePageController } from './preferences/phone.controller.js';
import { PreferencesPageController } from './preferences/preferences.controller.js';
import { SendTestPageController } from './preferences/send-test.controller.js';
import { TelegramPageController } from './preferences/telegram.controller.js';
import { ProfilePageController } from './profile/profile.controller.js';
import { LivePageController } from './live/live.controller.js';
import { RatesPageController } from './rates/rates.controller.js';
import { ReadPairService } from './rates/read-pair.service.js';
import { OperatorAccountsPageController } from './operator/accounts/accounts.controller.js';
import { ReadAccountService } from './operator/accounts/read-account.service.js';
import { CashDepositsPageController } from './operator/cash-deposits/cash-deposits.controller.js';
import { ExamineDepositService } from './operator/cash-deposits/examine-deposit.service.js';
import { OperatorDeliveriesPageController } from './operator/deliveries/deliveries.controller.js';
import { People } from './operator/people.service.js';
import { HeldBulletinsPageController } from './operator/rates/held-bulletins.controller.js';
import { RateOverridesPageController } from './operator/rates/overrides.controller.js';
import { RateFeedsPageController } from './operator/rates/rates.controller.js';
import { OperatorServicesPageController } from './operator/services/services.controller.js';
import { ReadTransactionService } from './operator/transactions/read-transaction.service.js';
import { OperatorTransactionsPageController } from './operator/transactions/transactions.controller.js';
import { ErrorPages } from './rendering/error-pages.js';
import { Pages } from './rendering/pages.service.js';
import { SendPageController } from './send/send.controller.js';
import { SendService } from './send/send.service.js';
import { BeginVisitService } from './sign-in/begin-visit.service.js';
import { SignInPageController } from './sign-in/sign-in.controller.js';
import { SignOutPageController } from './sign-in/sign-out.controller.js';
import { SignUpPageController } from './sign-in/sign-up.controller.js';
import { ReadTransferPageService } from './transfers/read-transfer-page.service.js';
import { TransferPageController } from './transfers/transfer.controller.js';
import { FormDrafts } from './visits/form-drafts.js';
import { FormTokens } from './visits/form-tokens.js';
import { PageCookies } from './visits/page-cookies.js';
import { Visits } from './visits/visits.service.js';

/** What is served to people. Each of them says for itself who may visit it. */
export const PAGE_CONTROLLERS = [
  SignInPageController,
  SignUpPageController,
  SignOutPageController,
  AppearanceController,
  LivePageController,
  InboxPageController,
  DeliveriesPageController,
  PreferencesPageController,
  TelegramPageController,
  PhonePageController,
  SendTestPageController,
  ProfilePageController,
  DeveloperPageController,
  WebhooksPageController,
  WebhookActionsPageController,
  DashboardPageController,
  AccountsPageController,
  AccountPageController,
  SendPageController,
  TransferPageController,
  ConvertPageController,
  RatesPageController,
  OperatorServicesPageController,
  OperatorTransactionsPageController,
  CashDepositsPageController,
  OperatorAccountsPageController,
  RateFeedsPageController,
  HeldBulletinsPageController,
  RateOverridesPageController,
  OperatorDeliveriesPageController,
];

/** What pages need besides the gateway's own services. */
export const PAGE_PROVIDERS = [
  Pages,
  ErrorPages,
  Visits,
  PageCookies,
  FormTokens,
  FormDrafts,
  BeginVisitService,
  ContactFactsService,
  OwnAccounts,
  BalanceCourses,
  ReadDashboardService,
  ReadAccountPageService,
  ExportHistoryService,
  SendService,
  ReadTransferPageService,
  ConvertService,
  ReadPairService,
  People,
  ReadTransactionService,
  ReadAccountService,
  ExamineDepositService,
];
