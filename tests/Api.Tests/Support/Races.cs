using System.Globalization;

namespace Mainstreet.Api.Tests;

/// <summary>A hundred want the same thing at once, and one gets it: again and again, because once may be luck.</summary>
internal static class Races
{
    /// <summary>Few, so that tests are quick; the environment variable RACES asks for more.</summary>
    public static int Rounds { get; } = int.Parse(Environment.GetEnvironmentVariable("RACES") ?? "3", CultureInfo.InvariantCulture);

    public static Task<ApiAnswer[]> OfAHundred(Func<ApiRequest> request) => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => request().Send()));
}
