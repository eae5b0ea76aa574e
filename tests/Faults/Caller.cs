using Mainstreet.Api.Tests;
using System.Diagnostics;
using System.Threading.Channels;

namespace Mainstreet.Faults;

/// <summary>
/// Sends writes under a key, and again until they are answered: to whoever is there next when nobody has answered, or who did
/// was not able to. What has an answer has happened.
/// </summary>
internal sealed class Caller(Fleet product)
{
    private readonly Channel<ApiAnswer> answers = Channel.CreateUnbounded<ApiAnswer>();
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan served = product.Served;
    private int answered;
    private int repeated;

    /// <summary>How many requests were sent again.</summary>
    public int Repeated => repeated;

    /// <summary>How many answers there were, in a second of the test and in one in which there was somebody to be asked.</summary>
    public string Rates =>
        $"{answered / Stopwatch.GetElapsedTime(started).TotalSeconds:F0} writes/s, {answered / (product.Served - served).TotalSeconds:F0} while it served";

    /// <summary>Waits for so many more answers.</summary>
    public async Task Answers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await answers.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    public Task<ApiAnswer> Post(string? token, string path, object? body, string key, int status) =>
        Ask(http => new Session(http, token).Post(path, body).Key(key), status);

    /// <param name="request">Made anew for each attempt.</param>
    /// <param name="status">What it has to be answered with; else the test fails.</param>
    public async Task<ApiAnswer> Ask(Func<HttpClient, ApiRequest> request, params int[] status)
    {
        while (true)
        {
            var http = await product.Next();
            try
            {
                var answer = await request(http).Send();
                if (status.Contains(answer.Status))
                {
                    Interlocked.Increment(ref answered);
                    answers.Writer.TryWrite(answer);
                    return answer;
                }

                (answer.Status is 503 || IsRace(answer)).ShouldBeTrue($"{answer.Status}: {answer.Text}");
            }
            catch (ShouldAssertException e)
            {
                answers.Writer.TryComplete(e);
                throw;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException { InnerException: TimeoutException })
            {
                // it is gone, or halted; whether it has done it nobody knows
            }

            Interlocked.Increment(ref repeated);
        }
    }

    /// <summary>Others were faster, three times in a row.</summary>
    private static bool IsRace(ApiAnswer answer) => answer.Status == 409 && answer.Json.GetProperty("code").GetString() == "conflict";
}
