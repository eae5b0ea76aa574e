namespace Mainstreet.Application;

/// <summary>Among how many processes the installation's work is shared at the moment.</summary>
public interface ILiveProcesses
{
    /// <summary>This one is among them.</summary>
    int Count { get; }
}
