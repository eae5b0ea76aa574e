using Mainstreet.Api.ApiKeys;
using Mainstreet.Api.Archives;
using Mainstreet.Api.Audit;
using Mainstreet.Api.Businesses;
using Mainstreet.Api.Catalog;
using Mainstreet.Api.CustomDomains;
using Mainstreet.Api.Connections;
using Mainstreet.Api.Integrations;
using Mainstreet.Api.Customers;
using Mainstreet.Api.Dashboards;
using Mainstreet.Api.Deliveries;
using Mainstreet.Api.Drivers;
using Mainstreet.Api.Events;
using Mainstreet.Api.Flags;
using Mainstreet.Api.History;
using Mainstreet.Api.Http;
using Mainstreet.Api.Http.Metrics;
using Mainstreet.Api.Identity;
using Mainstreet.Api.Infrastructures;
using Mainstreet.Api.Messages;
using Mainstreet.Api.Notifications;
using Mainstreet.Api.Orders;
using Mainstreet.Api.Payments;
using Mainstreet.Api.Privacy;
using Mainstreet.Api.Projections;
using Mainstreet.Api.Stock;
using Mainstreet.Api.Storefronts;
using Mainstreet.Api.TestClocks;
using Mainstreet.Api.Webhooks;

namespace Mainstreet.Api;

/// <summary>Every feature's routes, one line each.</summary>
internal static class Features
{
    public static void MapFeatures(this WebApplication app)
    {
        var api = app.MapApi();
        api.MapAuth();
        api.MapSessions();
        api.MapCredentials();
        api.MapSignUp();
        api.MapBusinesses();
        api.MapBusinessLife();
        api.MapSubdomain();
        api.MapCustomDomains();
        api.MapIntegrations();
        api.MapConnections();
        api.MapAdminBusinesses();
        api.MapOnboarding();
        api.MapInfrastructures();
        api.MapTeam();
        api.MapInvitations();
        api.MapRoles();
        api.MapApiKeys();
        api.MapFeatureFlags();
        api.MapDrivers();
        api.MapDriverApplications();
        api.MapDriverReviews();
        api.MapStorefronts();
        api.MapProducts();
        api.MapProductParts();
        api.MapProductImport();
        api.MapCategories();
        api.MapStock();
        api.MapStorefrontCatalog();
        api.MapDashboards();
        api.MapDeliveries();
        api.MapDriverDeliveries();
        api.MapOrders();
        api.MapCustomerAuth();
        api.MapCustomers();
        api.MapCustomerOrders();
        api.MapErasures();
        api.MapMasterKey();
        api.MapCheckout();
        api.MapSandboxPayments();
        api.MapSandboxOutbox();
        api.MapEmailTemplates();
        api.MapHistory();
        api.MapAudit();
        api.MapProjections();
        api.MapParkedEvents();
        api.MapDeadLetters();
        api.MapScheduledMessages();
        api.MapQueues();
        api.MapTestClocks();
        api.MapEvents();
        api.MapEventTypes();
        api.MapArchives();
        api.MapWebhookEndpoints();
        api.MapWebhookDeliveries();
        api.MapWebhookReplays();
        app.MapEventsAlias();
        app.MapMetrics(api);
        EndpointRules.Check(((IEndpointRouteBuilder)app).DataSources);
    }
}
