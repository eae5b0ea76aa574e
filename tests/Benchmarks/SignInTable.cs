using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Benchmarks;

/// <summary>How long a refusal takes with and without an account, and a mail for a new password: nobody is to tell them apart. In milliseconds.</summary>
internal static class SignInTable
{
    private const int Times = 40;

    public static async Task Run()
    {
        await using var bench = await Bench.Start(following: false);
        const string known = "known@example.com";
        await Send(bench, new RegisterUser(known, "correct horse battery", "Anna", Client.None));
        Console.WriteLine("| median ms of | with an account | without one | ratio |");
        Console.WriteLine("|---|---:|---:|---:|");
        await Row("a wrong password", (email, client) => Refused(bench, new SignIn(email, "not the password", client)));
        await Row("a mail for a new password", (email, client) => Send(bench, new RequestPasswordReset(email, client)));
        Console.WriteLine();

        async Task Row(string what, Func<string, Client, Task> work)
        {
            var (with, without) = (new List<double>(), new List<double>());
            for (var i = 0; i < Times; i++)
            {
                await bench.Execute("delete from attempts"); // no limit is reached
                with.Add(await Time(() => work(known, Client.None)));
                without.Add(await Time(() => work($"unknown.{what.Length}@example.com", Client.None)));
            }

            var (a, b) = (Bench.Median(with), Bench.Median(without));
            Console.WriteLine($"| {what} | {a:0.0} | {b:0.0} | {a / b:0.00} |");
        }
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static Task<T> Send<T>(Bench bench, IRequest<T> request) =>
        bench.In(TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(request));

    private static async Task Refused(Bench bench, SignIn attempt)
    {
        try
        {
            await Send(bench, attempt);
        }
        catch (DomainException e) when (e.Error.Code == "invalid_credentials")
        {
            return;
        }

        throw new InvalidOperationException("It was to be refused.");
    }
}
