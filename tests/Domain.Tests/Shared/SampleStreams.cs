using Mainstreet.Domain.ApiKeys;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.CustomDomains;
using Mainstreet.Domain.Exports;
using Mainstreet.Domain.Imports;
using Mainstreet.Domain.Integrations;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Inbound;
using Mainstreet.Domain.Infrastructures;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.OrderMessages;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Payouts;
using Mainstreet.Domain.Pos;
using Mainstreet.Domain.Privacy;
using Mainstreet.Domain.Reviews;
using Mainstreet.Domain.Stock;
using Mainstreet.Domain.Storefronts;
using Mainstreet.Domain.Tests.ApiKeys;
using Mainstreet.Domain.Tests.Businesses;
using Mainstreet.Domain.Tests.Catalog;
using Mainstreet.Domain.Tests.Connections;
using Mainstreet.Domain.Tests.Coupons;
using Mainstreet.Domain.Tests.CustomDomains;
using Mainstreet.Domain.Tests.Exports;
using Mainstreet.Domain.Tests.Imports;
using Mainstreet.Domain.Tests.Integrations;
using Mainstreet.Domain.Tests.Customers;
using Mainstreet.Domain.Tests.Deliveries;
using Mainstreet.Domain.Tests.Drivers;
using Mainstreet.Domain.Tests.Flags;
using Mainstreet.Domain.Tests.Identity;
using Mainstreet.Domain.Tests.Inbound;
using Mainstreet.Domain.Tests.Loyalty;
using Mainstreet.Domain.Tests.Notifications;
using Mainstreet.Domain.Tests.OrderMessages;
using Mainstreet.Domain.Tests.Orders;
using Mainstreet.Domain.Tests.Payments;
using Mainstreet.Domain.Tests.Payouts;
using Mainstreet.Domain.Tests.Pos;
using Mainstreet.Domain.Tests.Privacy;
using Mainstreet.Domain.Tests.Reviews;
using Mainstreet.Domain.Tests.Stock;
using Mainstreet.Domain.Tests.Storefronts;
using Mainstreet.Domain.Tests.Wallets;
using Mainstreet.Domain.Tests.Webhooks;
using Mainstreet.Domain.Wallets;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Domain.Tests;

/// <summary>
/// Believable histories of every aggregate: together they hold each of its events once at least. The golden files and the
/// checks of <see cref="EventContractTests"/> are made from them. A new aggregate adds its line here.
/// </summary>
internal static class SampleStreams
{
    public static readonly SampleStream[] All =
    [
        .. Of<Business, BusinessEvent>(BusinessSamples.Streams),
        .. Of<BusinessProfile, BusinessProfileEvent>(BusinessSamples.Profiles),
        .. Of<Onboarding, OnboardingEvent>(BusinessSamples.Onboardings),
        .. Of<Infrastructure, InfrastructureEvent>(BusinessSamples.Infrastructures),
        .. Of<CustomDomain, CustomDomainEvent>(ProvingADomain.Streams),
        .. Of<Integration, IntegrationEvent>(ConnectingSystems.Streams),
        .. Of<Connection, ConnectionEvent>(ConnectingAProvider.Streams),
        .. Of<AccountClaim, AccountClaimEvent>(ConnectingAProvider.Claims),
        .. Of<Export, ExportEvent>(ExportingLists.Streams),
        .. Of<Import, ImportEvent>(ImportingAFile.Streams),
        .. Of<InboundMessage, InboundEvent>(ReceivingANotification.Streams),
        .. Of<Product, ProductEvent>(ProductSamples.Streams),
        .. Of<Category, CategoryEvent>(ProductSamples.Categories),
        .. Of<OptionGroup, OptionGroupEvent>(OptionGroups.Streams),
        .. Of<TaxTable, TaxTableEvent>(TaxingCategories.Tables),
        .. Of<NumberSeries, NumberSeriesEvent>(NumberSeriesTests.Samples),
        .. Of<Coupon, CouponEvent>(UsingACoupon.Streams),
        .. Of<LoyaltyAccount, LoyaltyEvent>([.. PointsOfACustomer.Streams, .. PointsOfTwoWhoAreOne.Streams]),
        .. Of<LoyaltyProgramme, LoyaltyProgrammeEvent>(PointsOfACustomer.Programmes),
        .. Of<Review, ReviewEvent>(ReviewingWhatWasBought.Streams),
        .. Of<ReviewSettings, ReviewSettingsEvent>(ReviewingWhatWasBought.Settings),
        .. Of<OrderConversation, OrderConversationEvent>(TalkingAboutAnOrder.Streams),
        .. Of<Order, OrderEvent>(OrderSamples.Streams),
        .. Of<Payment, PaymentEvent>(PaymentSamples.Streams),
        .. Of<PaymentGateway, PaymentGatewayEvent>(PaymentSamples.Gateways),
        .. Of<Payout, PayoutEvent>(PayoutSamples.Payouts),
        .. Of<PayoutRecord, PayoutRecordEvent>(PayoutSamples.Records),
        .. Of<PayoutTerms, PayoutTermsEvent>(PayoutSamples.Terms),
        .. Of<Ledger, LedgerEvent>(PayoutSamples.Ledgers),
        .. Of<Transaction, TransactionEvent>(PayoutSamples.Transactions),
        .. Of<Register, RegisterEvent>(PosSamples.Registers),
        .. Of<RegisterSession, RegisterSessionEvent>(PosSamples.Sessions),
        .. Of<Sale, SaleEvent>(PosSamples.Sales),
        .. Of<StockItem, StockEvent>(StockSamples.Streams),
        .. Of<StockTransfer, StockTransferEvent>(StockSamples.Transfers),
        .. Of<Location, LocationEvent>(StockSamples.Locations),
        .. Of<Storefront, StorefrontEvent>(StorefrontSamples.Streams),
        .. Of<User, UserEvent>(IdentitySamples.Users),
        .. Of<Membership, MembershipEvent>(IdentitySamples.Memberships),
        .. Of<Invitation, InvitationEvent>(IdentitySamples.Invitations),
        .. Of<CustomRole, CustomRoleEvent>(IdentitySamples.Roles),
        .. Of<Driver, DriverEvent>(DriverSamples.Streams),
        .. Of<Applicant, ApplicantEvent>(Applicants.Streams),
        .. Of<RosterDriver, RosterEvent>(DriverSamples.Rosters),
        .. Of<DriverAssignment, DriverAssignmentEvent>(DriverSamples.Assignments),
        .. Of<Delivery, DeliveryEvent>(DeliverySamples.Streams),
        .. Of<DataSubject, DataSubjectEvent>(ErasingSomebody.Streams),
        .. Of<LegalHold, LegalHoldEvent>(HoldingACustomer.Streams),
        .. Of<WebhookEndpoint, WebhookEndpointEvent>(WebhookEndpoints.Streams),
        .. Of<WebhookReplay, WebhookReplayEvent>(WebhookReplays.Streams),
        .. Of<CustomerAccount, CustomerAccountEvent>(CustomerAccounts.Streams),
        .. Of<CustomerRecord, CustomerRecordEvent>(CustomerRecords.Streams),
        .. Of<CustomerIdentity, CustomerIdentityEvent>(MergingCustomers.Streams),
        .. Of<ClaimedOrder, ClaimedOrderEvent>(CustomerAccounts.Claims),
        .. Of<Wallet, WalletEvent>(KeepingPaymentMethods.Streams),
        .. Of<ChosenMethod, ChosenMethodEvent>(KeepingPaymentMethods.Choices),
        .. Of<ApiKey, ApiKeyEvent>(KeysOfABusiness.Streams),
        .. Of<FeatureFlag, FeatureFlagEvent>(FlagsOfABusiness.Streams),
        .. Of<EmailTemplate, EmailTemplateEvent>(WordsOfMails.Streams),
        .. Of<Notification, NotificationEvent>(TellingACustomer.Streams),
        .. Of<NotificationSettings, NotificationSettingsEvent>(TellingACustomer.Settings),
        .. Of<CustomerWishes, CustomerWishesEvent>(TellingACustomer.Wishes),
        .. Of<PushSubscriptions, PushSubscriptionEvent>(TellingACustomer.Subscriptions),
    ];

    private static IEnumerable<SampleStream> Of<TAggregate, TEvent>(TEvent[][] streams)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent =>
        streams.Select(events => new SampleStream(
            typeof(TAggregate),
            events,
            stored => stored.Cast<TEvent>().Aggregate((TAggregate?)null, TAggregate.Evolve)!));
}

internal sealed record SampleStream(Type Aggregate, IEvent[] Events, Func<IEnumerable<IEvent>, object> Fold);
