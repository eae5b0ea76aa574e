using Mainstreet.Application;
using Mainstreet.Application.Events;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>A parameter or member of an operation that takes an id.</summary>
/// <param name="Kind">Which of <see cref="Furnished.Ids"/> belongs there.</param>
/// <param name="Member">Where it is in the body.</param>
/// <param name="IsChosen">The id of what the operation makes, as its caller wants it.</param>
internal sealed record IdPlace(ApiOperation Operation, string Name, string Kind, BodyMember? Member = null, bool IsChosen = false)
{
    public override string ToString() => $"{Operation} {Member?.Pointer ?? Name}";
}

/// <summary>Where ids go. What it does not know it refuses, so that no new route goes unseen.</summary>
internal static class IdPlaces
{
    /// <summary>Parameters that name what is public, or no thing at all: storefronts are for everybody, images are addresses, projections, features, steps, mails, notifications, channels, languages, locales, currencies, event types and kinds of integrations have names.</summary>
    private static readonly string[] notIds = ["subdomain", "url", "name", "feature", "step", "mail", "notification", "channel", "language", "locale", "integration", "type", "provider", "currency"];

    /// <summary>Of what each subject of events (order.placed) has a history, and by which id. Null: none that can be read.</summary>
    private static readonly Dictionary<string, (string Kind, string Id)?> histories = new(StringComparer.Ordinal)
    {
        ["order"] = ("orders", "order_id"),
        ["payment"] = ("payments", "payment_id"),
        ["delivery"] = ("deliveries", "delivery_id"),
        ["coupon"] = ("coupons", "coupon_id"),
        ["product"] = ("products", "product_id"),
        ["category"] = ("categories", "category_id"),
        ["option_group"] = ("option-groups", "option_group_id"),
        ["stock"] = ("stock", "variant_id"),
        ["stock_transfer"] = ("stock-transfers", "transfer_id"),
        ["location"] = ("locations", "location_id"),
        ["register"] = ("registers", "register_id"),
        ["register_session"] = ("register-sessions", "register_session_id"),
        ["sale"] = ("sales", "sale_id"),
        ["storefront"] = ("storefronts", "storefront_id"),
        ["business_profile"] = ("business", "business_id"),
        ["webhook_endpoint"] = ("webhook-endpoints", "endpoint_id"),
        ["connection"] = ("connections", "connection_id"),
        ["payout"] = null, // is read by those who may read payouts
        ["payout_terms"] = null, // are shown as they stand
        ["fee"] = null, // is a line of a statement
        ["payment_gateway"] = null, // is shown as it stands
        ["notification"] = null, // so is this
        ["webhook_replay"] = null, // is seen at its endpoint
        ["export"] = null, // is shown as it stands
        ["import"] = null, // so is this
        ["inbound"] = ("inbound-messages", "inbound_message_id"),
        ["business"] = null, // in the platform's log
        ["driver"] = null, // in the pool's log
        ["roster"] = null,
        ["customer"] = null, // is seen by the customer
        ["loyalty"] = null, // is a list of entries itself
        ["review"] = null, // is shown as it stands
        ["review_settings"] = null, // so are these
        ["data_subject"] = null, // has a certificate
    };

    /// <summary>What is made with an id of the caller's choice.</summary>
    private static readonly Dictionary<string, string> chosen = new(StringComparer.Ordinal)
    {
        ["AddDriver /id"] = "driver_id",
        ["AddVariant /id"] = "variant_id",
        ["CreateBusiness /id"] = "business_id",
        ["CreateCoupon /id"] = "coupon_id",
        ["CreateCategory /id"] = "category_id",
        ["CreateOptionGroup /id"] = "option_group_id",
        ["CreateOptionGroup /choices/0/id"] = "choice_id",
        ["CreateProduct /id"] = "product_id",
        ["CreateRegister /id"] = "register_id",
        ["CreateLocation /id"] = "location_id",
        ["TransferStock /id"] = "transfer_id",
        ["DefineRole /id"] = "role_id",
        ["CreateProduct /variants/0/id"] = "variant_id",
        ["GuestCheckout /id"] = "order_id",
        ["OpenRegister /id"] = "register_session_id",
        ["PlaceOrder /id"] = "order_id",
        ["RegisterUser /id"] = "user_id",
        ["RegisterWebhookEndpoint /id"] = "endpoint_id",
        ["RequestExport /id"] = "export_id",
        ["RequestImport /id"] = "import_id",
        ["StartBusinessRebuild /id"] = "rebuild_id",
    };

    /// <summary>All places in which an operation takes an id.</summary>
    public static IEnumerable<IdPlace> Of(ApiOperation operation)
    {
        var parameters = operation.Parameters
            .Where(parameter => parameter.In == "path" || (string?)parameter.Schema["format"] == "uuid" || parameter.Name is "token" or "category")
            .Where(parameter => !notIds.Contains(parameter.Name))
            .Select(parameter => new IdPlace(operation, parameter.Name, Kind(operation, parameter.Name)));
        var members = operation.Members.Where(member => member.IsId).Select(member => chosen.TryGetValue($"{operation} {member.Pointer}", out var made)
            ? new IdPlace(operation, member.Name, made, member, IsChosen: true)
            : new IdPlace(operation, member.Name, Kind(operation, member.Name), member));
        return parameters.Concat(members);
    }

    /// <summary>What operators do: no role of a business gets that far, whatever ids it names.</summary>
    public static bool IsForOperators(ApiOperation operation) => operation.Path.StartsWith("/api/v1/admin/", StringComparison.Ordinal);

    /// <summary>The operations that a business can call, the history of each kind of thing being one.</summary>
    public static ApiOperation[] Operations(ApiDocument document)
    {
        var subjects = EventCatalog.All.Select(type => EventEnvelope.SubjectOf(type.Type)).Distinct();
        var known = subjects.Select(subject => histories.TryGetValue(subject, out var history)
            ? history
            : throw new InvalidOperationException($"There are events of {subject}: say in IdPlaces.histories how its history is read, or that it is not.")).ToArray();
        return [.. document.Operations.Where(operation => !IsForOperators(operation)).SelectMany(operation => operation.Id == "GetHistory" ? known.OfType<(string, string)>().Select(history => History(operation, history)) : [operation])];
    }

    private static ApiOperation History(ApiOperation operation, (string Kind, string Id) of) => operation with
    {
        Path = operation.Path.Replace("{kind}", of.Kind, StringComparison.Ordinal).Replace("{id}", $"{{{of.Id}}}", StringComparison.Ordinal),
        Parameters = [.. operation.Parameters.Where(parameter => parameter.Name != "kind").Select(parameter => parameter.Name == "id" ? parameter with { Name = of.Id } : parameter)],
    };

    /// <summary>Which of <see cref="Furnished.Ids"/> a parameter or member means.</summary>
    public static string Kind(ApiOperation operation, string name) => name switch
    {
        "delivery_id" when operation.Path.Contains("/webhook-deliveries/", StringComparison.Ordinal) => "webhook_delivery_id",
        "session_id" when operation.AsksFor == ApiOperation.Customer => "customer_session_id",
        "session_id" when operation.Path.StartsWith("/api/v1/business/", StringComparison.Ordinal) => "register_session_id",
        "message_id" when operation.Path.Contains("/sandbox/outbox/", StringComparison.Ordinal) => "sandbox_message_id",
        "token" when operation.Id == "DownloadExport" => "export_token",
        "setup_id" when operation.Id == "CompleteSandboxMethodSetup" => "completing_setup_id", // one that is settled is not found there
        "setup_id" when operation.Id == "FailSandboxMethodSetup" => "failing_setup_id",
        "location" or "from" => "location_id",
        "to" => "other_location_id",
        "up_to" => "order_message_id",
        "category" or "parent_id" or "category_ids" => "category_id",
        "product_ids" => "product_id",
        "option_group_ids" => "option_group_id",
        "id" when operation.Id == "ChangeOptionGroup" => "choice_id",
        "subject" => "order_id",
        "actor" => "user_id",
        "test_clock_id" => "clock_id",
        "id_or_slug" => "product_id",
        "name" when operation.Path.Contains("/parked", StringComparison.Ordinal) => "subscription",
        _ => name,
    };
}
