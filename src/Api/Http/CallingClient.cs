using System.Net;
using Mainstreet.Application;

namespace Mainstreet.Api.Http;

/// <summary>From where the request comes, for endpoints that sign somebody in.</summary>
internal sealed record CallingClient(Client Client)
{
    private const int MaxDevice = 200;

    public static ValueTask<CallingClient?> BindAsync(HttpContext http)
    {
        var device = new string([.. http.Request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MaxDevice)]);
        return ValueTask.FromResult<CallingClient?>(new(new Client(device, http.Connection.RemoteIpAddress ?? IPAddress.None)));
    }
}
