using System.Collections.Concurrent;
using System.Diagnostics;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Application.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>
/// Isolation by numbers (SEC-01): everything that names a thing of one business, sent from another one's side by everybody there. Nothing of the first
/// is in any answer, nothing of it changes, and below the API the database itself shows nobody another's rows (SEC-02).
/// </summary>
public sealed class TenThousandAttempts(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const int AtOnce = 8;

    /// <summary>It tells a business what its own people tried, with the ids that they sent.</summary>
    private const string Echo = "ListAudit";

    private WebhookReceiver receiver = null!;
    private Furnished acme = null!;
    private Furnished globex = null!;
    private ApiOperation[] operations = null!;

    private WholeDatabase Whole => new(api.Database);

    /// <summary>As the product sees it.</summary>
    private WholeDatabase Runtime => new(api.RuntimeDatabase);

    public async ValueTask InitializeAsync()
    {
        receiver = await WebhookReceiver.Start();
        operations = IdPlaces.Operations(await ApiDocument.Of(api));
        acme = await Furnished.Make(api, receiver, "acme");
        globex = await Furnished.Make(api, receiver, "globex");
    }

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task Of_ten_thousand_attempts_none_sees_or_changes_anything()
    {
        var remembered = new RememberedRequests(acme, globex, operations);
        var attempts = (await remembered.Collect()).Concat(new ForeignRequests(api, acme, globex, operations).All()).ToArray();
        await Settle();
        var secrets = acme.Secrets.Concat(remembered.Made).Append(acme.Business.User.Email).Append(acme.Business.Subdomain)
            .SelectMany(text => Guid.TryParse(text, out var id) ? new[] { text, id.ToString("N") } : [text]).ToArray();
        var before = await Whole.RowsOf(acme.Business.Id, acme.Secrets);

        var faults = new ConcurrentBag<string>();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(attempts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (attempt, _) =>
        {
            if (await Fault(attempt, secrets) is { } fault)
            {
                faults.Add($"{attempt.What}: {fault}");
            }
        });

        TestContext.Current.TestOutputHelper!.WriteLine($"{attempts.Length} attempts in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {faults.Count} leaks or faults");
        attempts.Length.ShouldBeGreaterThanOrEqualTo(10_000);
        faults.ShouldBeEmpty();
        await Settle();
        var after = await Whole.RowsOf(acme.Business.Id, acme.Secrets);
        before.Except(after).Concat(after.Except(before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_database_shows_nobody_another_s_rows()
    {
        var relations = await Whole.Relations();
        relations.ShouldContain("public.events");
        (await Runtime.Seen(tenant: null, relations)).ShouldBeEmpty();
        foreach (var business in new[] { acme.Business.Id, globex.Business.Id, Guid.NewGuid() })
        {
            (await Runtime.Seen(business, relations)).ShouldAllBe(seen => seen.EndsWith($" {business}", StringComparison.Ordinal));
        }

        (await Runtime.Seen(acme.Business.Id, relations)).Count.ShouldBeGreaterThan(20, "so it would show");
    }

    private async Task Settle()
    {
        await api.Services.GetRequiredService<IRefusedAttempts>().Write(TestContext.Current.CancellationToken);
        await Whole.Settle();
    }

    private static async Task<string?> Fault(ForeignRequest attempt, string[] secrets)
    {
        var (status, text) = attempt.OnlyItsHead ? await Head(attempt.Request) : await Answer(attempt.Request);
        return status switch
        {
            >= 500 and not 503 => $"fails: {text}",
            < 300 when !attempt.MayBeAnswered => $"is answered {status}: {text}",
            _ when secrets.FirstOrDefault(secret => !attempt.What.Contains(Echo, StringComparison.Ordinal) && text.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } shown => $"shows {shown}: {text}",
            _ => null,
        };
    }

    private static async Task<(int Status, string Text)> Head(ApiRequest request)
    {
        using var answer = await request.Open();
        return ((int)answer.StatusCode, answer.Headers.ToString());
    }

    private static async Task<(int Status, string Text)> Answer(ApiRequest request)
    {
        var answer = await request.Send();
        return (answer.Status, $"{string.Join('\n', answer.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{answer.Text}");
    }
}
