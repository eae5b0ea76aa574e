using System.Collections.Frozen;
using FluentValidation;

namespace Mainstreet.Application.Identity;

/// <summary>What the permissions of businesses allow, for people who make roles and keys of them.</summary>
public static class PermissionCatalog
{
    private static readonly FrozenDictionary<string, string> descriptions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Permissions.BusinessRead] = "See the business and its settings.",
        [Permissions.BusinessWrite] = "Change the business's settings.",
        [Permissions.BusinessClose] = "Close the business, and reopen it in time.",
        [Permissions.TeamRead] = "See who works in the business, and its roles.",
        [Permissions.TeamWrite] = "Invite members, change their roles, deactivate them.",
        [Permissions.RolesWrite] = "Define, change and delete roles.",
        [Permissions.KeysRead] = "See the API keys of the business, and when they were used.",
        [Permissions.KeysWrite] = "Create, rotate and revoke API keys.",
        [Permissions.StorefrontRead] = "See the storefront's settings.",
        [Permissions.StorefrontWrite] = "Change and publish the storefront.",
        [Permissions.ProductsRead] = "See products and categories, unpublished ones too.",
        [Permissions.ProductsWrite] = "Create and change products and categories.",
        [Permissions.ProductsImport] = "Import products from files.",
        [Permissions.StockRead] = "See stock and its movements.",
        [Permissions.StockWrite] = "Receive, count and correct stock.",
        [Permissions.CustomersRead] = "See customers.",
        [Permissions.CustomersWrite] = "Change customers.",
        [Permissions.CustomersErase] = "Erase the personal data of a customer for good.",
        [Permissions.CustomersMerge] = "Say that two customers are one person, for good.",
        [Permissions.CustomersHold] = "See and decide what stands against erasing a customer.",
        [Permissions.CouponsRead] = "See coupons and the orders they were used for.",
        [Permissions.CouponsWrite] = "Create, change and deactivate coupons.",
        [Permissions.LoyaltyRead] = "See the loyalty programme and customers' points.",
        [Permissions.LoyaltyWrite] = "Change the loyalty programme, add and take customers' points.",
        [Permissions.ReviewsRead] = "See what customers say of products and orders.",
        [Permissions.ReviewsModerate] = "Approve and reject reviews, and reply to them.",
        [Permissions.OrdersRead] = "See orders, payments and deliveries.",
        [Permissions.OrdersWrite] = "Take orders, and move them on.",
        [Permissions.OrdersAssign] = "Give deliveries to drivers.",
        [Permissions.PaymentsRefund] = "Give back what was paid for orders.",
        [Permissions.PayoutsRead] = "See what the business is paid, its fees and its financial summary.",
        [Permissions.RegistersWrite] = "Set up and retire the tills of the business, and reopen a session of theirs.",
        [Permissions.SalesRead] = "See tills, their sessions, sales and receipts.",
        [Permissions.SalesWrite] = "Open and close tills, ring up sales and take payments.",
        [Permissions.SalesOverride] = "Sell at other prices than the catalogue's, and give discounts.",
        [Permissions.SalesRefund] = "Void sales, take goods back and refund them.",
        [Permissions.DriversRead] = "See the drivers of the business.",
        [Permissions.DriversWrite] = "Add and remove drivers.",
        [Permissions.DriversReview] = "See who wants to drive, check documents, approve and reject.",
        [Permissions.DashboardRead] = "See the figures of the business.",
        [Permissions.HistoryRead] = "See what happened to a thing, and by whom.",
        [Permissions.AuditRead] = "See who did what, and who tried and was refused.",
        [Permissions.EventsRead] = "Read and follow the events of the business.",
        [Permissions.WebhooksRead] = "See webhook endpoints and deliveries.",
        [Permissions.WebhooksWrite] = "Register and change webhook endpoints.",
        [Permissions.IntegrationsRead] = "See with what the business's own systems are reached.",
        [Permissions.IntegrationsWrite] = "Change with what the business's own systems are reached.",
        [Permissions.ConnectionsRead] = "See with which providers the business is connected.",
        [Permissions.ConnectionsWrite] = "Connect the business with providers, and end that.",
        [Permissions.MessagesRead] = "See scheduled messages and dead letters.",
        [Permissions.MessagesManage] = "Run, cancel and redrive messages.",
        [Permissions.DataExport] = "Export lists that one may read as files.",
        [Permissions.DataImport] = "Import files into lists that one may change.",
        [Permissions.LogExport] = "Export the whole log of the business.",
        [Permissions.ClockAdvance] = "Move the clock of a test business.",
        [Permissions.SandboxRead] = "See what a test business would have sent.",
        [Permissions.SandboxWrite] = "Decide the payments of a test business.",
        [Permissions.ProjectionsRead] = "See the state of the views.",
        [Permissions.ProjectionsRebuild] = "Rebuild views.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Who may do what is decided by people: a key that could change it could make itself anything.</summary>
    private static readonly FrozenSet<string> ofPeople = FrozenSet.Create(
        StringComparer.Ordinal, Permissions.TeamWrite, Permissions.RolesWrite, Permissions.KeysWrite, Permissions.BusinessClose);

    /// <summary>Those that roles of a business may hold, in the order of <see cref="Permissions.All"/>.</summary>
    public static IReadOnlyList<(string Permission, string Description)> OfBusinesses { get; } =
        [.. Permissions.All.Where(descriptions.ContainsKey).Select(permission => (permission, descriptions[permission]))];

    /// <summary>Whether API keys may hold it.</summary>
    public static bool IsForKeys(string permission) => descriptions.ContainsKey(permission) && !ofPeople.Contains(permission);

    internal static void IsOfBusinesses<T>(this IRuleBuilder<T, string> rule) => rule.Must(permission => permission is not null && descriptions.ContainsKey(permission))
        .WithErrorCode("permission_unknown").WithMessage("This is no permission of businesses: GET /business/permissions lists them.");

    internal static void IsForKeys<T>(this IRuleBuilder<T, string> rule) => rule.Must(permission => permission is null || !ofPeople.Contains(permission))
        .WithErrorCode("scope_not_for_keys").WithMessage("An API key cannot hold this permission: who may do what is decided by people.");
}
