import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CacheModule } from '@kopeck/cache';
import { ServiceModule } from '@kopeck/service';
import { CreditedAccounts } from './accounts/credited-accounts.service.js';
import { ListAccountsController } from './accounts/list-accounts.controller.js';
import { ListEntriesController } from './accounts/list-entries.controller.js';
import { OpenAccountController } from './accounts/open-account.controller.js';
import { ReadAccountController } from './accounts/read-account.controller.js';
import { RenameAccountController } from './accounts/rename-account.controller.js';
import { RenameAccountService } from './accounts/rename-account.service.js';
import { CancelRateAlertController } from './alerts/cancel-rate-alert.controller.js';
import { ListRateAlertsController } from './alerts/list-rate-alerts.controller.js';
import { PlaceRateAlertController } from './alerts/place-rate-alert.controller.js';
import { PlaceRateAlertService } from './alerts/place-rate-alert.service.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { SendTestController } from './contacts/send-test.controller.js';
import { CreateConversionController } from './conversions/create-conversion.controller.js';
import { CreateConversionService } from './conversions/create-conversion.service.js';
import { ReadMeController } from './customers/read-me.controller.js';
import { SignUpController } from './customers/sign-up.controller.js';
import { SignUpService } from './customers/sign-up.service.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { Deliveries } from './deliveries/deliveries.service.js';
import { GatewaySettings } from './gateway.settings.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Questions } from './http/questions.js';
import { RateLimit } from './http/rate-limit.js';
import { RequestPipe } from './http/request.pipe.js';
import { ListNotificationsController } from './notifications/list-notifications.controller.js';
import { MarkReadController } from './notifications/mark-read.controller.js';
import { MarkReadService } from './notifications/mark-read.service.js';
import { UnreadCounts } from './notifications/unread-counts.service.js';
import { DecideHeldBulletinController } from './operator/decide-held-bulletin.controller.js';
import { DepositCashController } from './operator/deposit-cash.controller.js';
import { DepositCashService } from './operator/deposit-cash.service.js';
import { FindAccountController } from './operator/find-account.controller.js';
import { FreezeAccountController } from './operator/freeze-account.controller.js';
import { ListNotificationChannelsController } from './operator/list-notification-channels.controller.js';
import { ListRateFeedsController } from './operator/list-rate-feeds.controller.js';
import { ListTransactionsController } from './operator/list-transactions.controller.js';
import { OperatorAccounts } from './operator/operator-accounts.service.js';
import { OverrideRateController } from './operator/override-rate.controller.js';
import { RateFeeds } from './operator/rate-feeds.service.js';
import { ReadTransactionController } from './operator/read-transaction.controller.js';
import { WatchDeliveriesController } from './operator/watch-deliveries.controller.js';
import { Transactions } from './operator/transactions.service.js';
import { CancelOrderController } from './orders/cancel-order.controller.js';
import { ListOrdersController } from './orders/list-orders.controller.js';
import { PlaceOrderController } from './orders/place-order.controller.js';
import { PlaceOrderService } from './orders/place-order.service.js';
import { ChangePreferencesService } from './preferences/change-preferences.service.js';
import { PreferencesController } from './preferences/preferences.controller.js';
import { CreateQuoteController } from './quotes/create-quote.controller.js';
import { CreateQuoteService } from './quotes/create-quote.service.js';
import { ReadQuoteController } from './quotes/read-quote.controller.js';
import { EstimateConversionController } from './rates/estimate-conversion.controller.js';
import { ListRatesController } from './rates/list-rates.controller.js';
import { ReadRateHistoryController } from './rates/read-rate-history.controller.js';
import { HeartbeatsController } from './services/heartbeats.controller.js';
import { ListServicesController } from './services/list-services.controller.js';
import { ServiceBoard } from './services/service-board.js';
import { ServiceLag } from './services/service-lag.js';
import { ServiceStates } from './services/service-states.service.js';
import { PAGE_CONTROLLERS, PAGE_PROVIDERS } from './pages/pages.js';
import { AccessGuard } from './sessions/access.guard.js';
import { ListSessionsController } from './sessions/list-sessions.controller.js';
import { AttemptThrottle } from './sessions/attempt-throttle.js';
import { PasswordSeal } from './sessions/password-seal.js';
import { SecurityEvents } from './sessions/security-events.service.js';
import { SessionStore } from './sessions/session.store.js';
import { SignInThrottle } from './sessions/sign-in-throttle.js';
import { SignInController } from './sessions/sign-in.controller.js';
import { SignInService } from './sessions/sign-in.service.js';
import { SignOutController } from './sessions/sign-out.controller.js';
import { InboxPushesController } from './stream/inbox-pushes.controller.js';
import { InboxReplays } from './stream/inbox-replays.service.js';
import { OpenStreamController } from './stream/open-stream.controller.js';
import { StreamHub } from './stream/stream-hub.service.js';
import { CreateTransferController } from './transfers/create-transfer.controller.js';
import { CreateTransferService } from './transfers/create-transfer.service.js';
import { ListTransferEventsController } from './transfers/list-transfer-events.controller.js';
import { ListTransfersController } from './transfers/list-transfers.controller.js';
import { PendingHints } from './transfers/pending-hints.js';
import { ReadTransferController } from './transfers/read-transfer.controller.js';
import { ReadTransferService } from './transfers/read-transfer.service.js';
import { RecentOutcomes } from './transfers/recent-outcomes.js';
import { TransferAttempts } from './transfers/transfer-attempts.service.js';
import { TransferDesk } from './transfers/transfer-desk.service.js';
import { TransferResultsController } from './transfers/transfer-results.controller.js';
import { TransferViews } from './transfers/transfer-views.service.js';
import { ChangeWebhookService } from './webhooks/change-webhook.service.js';
import { CreateWebhookService } from './webhooks/create-webhook.service.js';
import { TestWebhookController } from './webhooks/test-webhook.controller.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** What is heard from Kafka. */
export const KAFKA_CONTROLLERS = [TransferResultsController, InboxPushesController, HeartbeatsController];

/** What is served over HTTP. */
export const HTTP_CONTROLLERS = [
  SignUpController,
  SignInController,
  SignOutController,
  ListSessionsController,
  ReadMeController,
  ListAccountsController,
  OpenAccountController,
  ReadAccountController,
  RenameAccountController,
  ListEntriesController,
  CreateTransferController,
  ListTransfersController,
  ReadTransferController,
  ListTransferEventsController,
  ListRatesController,
  ReadRateHistoryController,
  EstimateConversionController,
  CreateQuoteController,
  ReadQuoteController,
  CreateConversionController,
  PlaceOrderController,
  ListOrdersController,
  CancelOrderController,
  PlaceRateAlertController,
  ListRateAlertsController,
  CancelRateAlertController,
  OpenStreamController,
  ListNotificationsController,
  DeliveriesController,
  MarkReadController,
  PreferencesController,
  ContactsController,
  SendTestController,
  WebhooksController,
  TestWebhookController,
  WebhookDeliveriesController,
  DepositCashController,
  FindAccountController,
  FreezeAccountController,
  ListTransactionsController,
  ReadTransactionController,
  ListServicesController,
  ListRateFeedsController,
  DecideHeldBulletinController,
  OverrideRateController,
  WatchDeliveriesController,
  ListNotificationChannelsController,
];

/** Everything of the gateway but its connections. */
export const GATEWAY_PROVIDERS = [
  { provide: APP_GUARD, useClass: AccessGuard },
  { provide: APP_PIPE, useClass: RequestPipe },
  { provide: APP_FILTER, useClass: ProblemFilter },
  Questions,
  RateLimit,
  AttemptThrottle,
  PasswordSeal,
  SessionStore,
  SecurityEvents,
  SignInService,
  SignInThrottle,
  SignUpService,
  RenameAccountService,
  CreditedAccounts,
  CreateQuoteService,
  CreateConversionService,
  PlaceOrderService,
  PlaceRateAlertService,
  ChangePreferencesService,
  Deliveries,
  CreateWebhookService,
  ChangeWebhookService,
  WebhookSecrets,
  CreateTransferService,
  TransferAttempts,
  PendingHints,
  ReadTransferService,
  RecentOutcomes,
  TransferViews,
  TransferDesk,
  UnreadCounts,
  MarkReadService,
  InboxReplays,
  StreamHub,
  ServiceBoard,
  ServiceLag,
  ServiceStates,
  OperatorAccounts,
  DepositCashService,
  Transactions,
  RateFeeds,
  ...PAGE_PROVIDERS,
];

@Module({
  imports: [
    ServiceModule.forRoot({ service: 'gateway', settings: [GatewaySettings] }),
    CacheModule.forRoot(),
  ],
  controllers: [...KAFKA_CONTROLLERS, ...HTTP_CONTROLLERS, ...PAGE_CONTROLLERS],
  providers: GATEWAY_PROVIDERS,
})
export class AppModule {}
