using System.Collections.Frozen;
using System.Reflection;

namespace Mainstreet.Application.Identity;

/// <summary>
/// What endpoints ask for, as <c>resource:action</c> (IAM-09), and which role holds it. A role says what a person may do in
/// the tenant of the token; it never opens another tenant.
/// </summary>
public static class Permissions
{
    public const string BusinessRead = "business:read";
    public const string BusinessWrite = "business:write";
    public const string BusinessClose = "business:close";
    public const string TeamRead = "team:read";
    public const string TeamWrite = "team:write";
    public const string RolesWrite = "roles:write";
    public const string KeysRead = "keys:read";
    public const string KeysWrite = "keys:write";
    public const string StorefrontRead = "storefront:read";
    public const string StorefrontWrite = "storefront:write";
    public const string ProductsRead = "products:read";
    public const string ProductsWrite = "products:write";
    public const string ProductsImport = "products:import";
    public const string StockRead = "stock:read";
    public const string StockWrite = "stock:write";
    public const string CustomersRead = "customers:read";
    public const string CustomersWrite = "customers:write";
    public const string CustomersErase = "customers:erase";
    public const string CustomersHold = "customers:hold";
    public const string CustomersMerge = "customers:merge";
    public const string CouponsRead = "coupons:read";
    public const string CouponsWrite = "coupons:write";
    public const string LoyaltyRead = "loyalty:read";
    public const string LoyaltyWrite = "loyalty:write";
    public const string ReviewsRead = "reviews:read";
    public const string ReviewsModerate = "reviews:moderate";
    public const string OrdersRead = "orders:read";
    public const string OrdersWrite = "orders:write";
    public const string OrdersAssign = "orders:assign";
    public const string PaymentsRefund = "payments:refund";
    public const string PayoutsRead = "payouts:read";
    public const string RegistersWrite = "registers:write";
    public const string SalesRead = "sales:read";
    public const string SalesWrite = "sales:write";
    public const string SalesOverride = "sales:override";
    public const string SalesRefund = "sales:refund";
    public const string DriversRead = "drivers:read";
    public const string DriversWrite = "drivers:write";
    public const string DriversReview = "drivers:review";
    public const string DashboardRead = "dashboard:read";
    public const string HistoryRead = "history:read";
    public const string AuditRead = "audit:read";
    public const string EventsRead = "events:read";
    public const string WebhooksRead = "webhooks:read";
    public const string WebhooksWrite = "webhooks:write";
    public const string IntegrationsRead = "integrations:read";
    public const string IntegrationsWrite = "integrations:write";
    public const string ConnectionsRead = "connections:read";
    public const string ConnectionsWrite = "connections:write";
    public const string MessagesRead = "messages:read";
    public const string MessagesManage = "messages:manage";
    public const string LogExport = "log:export";
    public const string DataExport = "data:export";
    public const string DataImport = "data:import";
    public const string ClockAdvance = "clock:advance";
    public const string SandboxRead = "sandbox:read";
    public const string SandboxWrite = "sandbox:write";
    public const string DriverDeliveries = "driver:deliveries";
    public const string DriverAvailability = "driver:availability";
    public const string AdminAudit = "admin:audit";
    public const string AdminBusinesses = "admin:businesses";
    public const string BusinessesManage = "admin:manage";
    public const string AdminDrivers = "admin:drivers";
    public const string AdminInfrastructures = "admin:infrastructures";
    public const string AdminKeys = "admin:keys";
    public const string AdminOperations = "admin:operations";
    public const string AdminPayouts = "admin:payouts";
    public const string PayoutsProcess = "payouts:process";
    public const string AdminProjections = "admin:projections";
    public const string AdminLogs = "admin:logs";
    public const string ProjectionsRead = "projections:read";
    public const string ProjectionsRebuild = "projections:rebuild";

    private static readonly string[] Selling = [BusinessRead, StorefrontRead, ProductsRead, StockRead, CustomersRead, CouponsRead, LoyaltyRead, ReviewsRead, OrdersRead, OrdersWrite, SalesRead, SalesWrite, HistoryRead];

    private static readonly string[] Managing =
    [
        .. Selling, StorefrontWrite, ProductsWrite, ProductsImport, DataImport, StockWrite, CustomersWrite, CustomersMerge, CouponsWrite, LoyaltyWrite, ReviewsModerate, OrdersAssign, PaymentsRefund, RegistersWrite, SalesOverride, SalesRefund, DriversRead, DriversWrite, DriversReview, DashboardRead, EventsRead,
        WebhooksRead, MessagesRead, ProjectionsRead, TeamRead, TeamWrite,
    ];

    private static readonly string[] Supporting = [AdminAudit, AdminBusinesses, AdminDrivers, AdminOperations];

    private static readonly FrozenDictionary<string, FrozenSet<string>> byRole = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Roles.Owner] = [.. Managing, PayoutsRead, BusinessWrite, BusinessClose, AuditRead, CustomersErase, CustomersHold, WebhooksWrite, IntegrationsRead, IntegrationsWrite, ConnectionsRead, ConnectionsWrite, MessagesManage, LogExport, DataExport, ClockAdvance, SandboxRead, SandboxWrite, ProjectionsRebuild, RolesWrite, KeysRead, KeysWrite],
        [Roles.Manager] = Managing,
        [Roles.Staff] = Selling,
        [Roles.Cashier] = Selling,
        [Roles.Dispatcher] = [BusinessRead, OrdersRead, OrdersAssign, DriversRead, CustomersRead, HistoryRead],
        [Roles.Technician] = [BusinessRead],
        [Roles.Approver] = [BusinessRead, CustomersRead, OrdersRead, HistoryRead],
        [Roles.Marketer] = [BusinessRead, StorefrontRead, ProductsRead, CustomersRead, CouponsRead, CouponsWrite, LoyaltyRead, LoyaltyWrite, ReviewsRead, ReviewsModerate],
        [Roles.Accountant] = [BusinessRead, OrdersRead, PayoutsRead, SalesRead, CustomersRead, DashboardRead, HistoryRead, EventsRead, DataExport],
        [Roles.Driver] = [DriverDeliveries, DriverAvailability],
        [Roles.PlatformAdmin] = [.. Supporting, BusinessesManage, AdminInfrastructures, AdminKeys, AdminPayouts, PayoutsProcess, AdminProjections, AdminLogs],
        [Roles.PlatformSupport] = Supporting,
        [Roles.InfrastructureAdmin] = [AdminBusinesses, BusinessesManage],
        [Roles.PlatformFinance] = [AdminBusinesses, AdminPayouts, PayoutsProcess],
    }.ToFrozenDictionary(role => role.Key, role => role.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Every role with what it holds.</summary>
    public static IReadOnlyDictionary<string, FrozenSet<string>> ByRole => byRole;

    /// <summary>Every permission that there is, in the order of this file.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(Permissions).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>What a system role holds; nothing for an unknown one.</summary>
    public static IReadOnlySet<string> OfRole(string role) => byRole.TryGetValue(role, out var held) ? held : FrozenSet<string>.Empty;

    /// <summary>Each once, in the order of this file.</summary>
    public static string[] Sorted(IEnumerable<string> permissions) => [.. All.Intersect(permissions, StringComparer.Ordinal)];

    /// <summary>An unknown role holds nothing.</summary>
    public static bool Allows(string role, string permission) => byRole.TryGetValue(role, out var held) && held.Contains(permission);
}
