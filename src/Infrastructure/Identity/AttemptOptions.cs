namespace Mainstreet.Infrastructure.Identity;

/// <summary>The section <c>Attempts</c> of the configuration: how many guesses are looked at.</summary>
internal sealed class AttemptOptions
{
    /// <summary>Passwords of one account from one network (an IPv4 address, an IPv6 /64).</summary>
    public AttemptLimit AccountOfNetwork { get; set; } = new() { Most = 10, Window = TimeSpan.FromMinutes(15), Pause = TimeSpan.FromMinutes(15) };

    /// <summary>Passwords of all accounts from one network.</summary>
    public AttemptLimit Network { get; set; } = new() { Most = 100, Window = TimeSpan.FromMinutes(15), Pause = TimeSpan.FromSeconds(10) };

    /// <summary>Passwords of one account from all networks that are new to it.</summary>
    public AttemptLimit Account { get; set; } = new() { Most = 50, Window = TimeSpan.FromMinutes(15), Pause = TimeSpan.FromSeconds(10) };

    /// <summary>Mails to one address that one network asks for.</summary>
    public AttemptLimit MailOfNetwork { get; set; } = new() { Most = 3, Window = TimeSpan.FromHours(1), Pause = TimeSpan.FromHours(1) };

    /// <summary>Mails to one address that all networks new to it ask for.</summary>
    public AttemptLimit Mail { get; set; } = new() { Most = 10, Window = TimeSpan.FromHours(1), Pause = TimeSpan.FromMinutes(5) };

    /// <summary>PINs of one user (IAM-05).</summary>
    public AttemptLimit Pin { get; set; } = new() { Most = 3, Window = TimeSpan.FromMinutes(15), Pause = TimeSpan.FromMinutes(15) };
}

internal sealed class AttemptLimit
{
    public int Most { get; set; }

    /// <summary>After which time without an attempt the count is forgotten.</summary>
    public TimeSpan Window { get; set; }

    /// <summary>How long after the last attempt the next one comes when the limit is reached.</summary>
    public TimeSpan Pause { get; set; }
}
