namespace Mainstreet.Application.Privacy;

/// <summary>The master key, under which all secrets and keys of data subjects are sealed.</summary>
public interface IMasterKeys
{
    Task<MasterKeyState> State(CancellationToken cancellationToken);

    /// <summary>Brings everything under the present key, in the background. So it does by itself at a start with a new one.</summary>
    void Rotate();
}

/// <param name="KeyId">Names the present key, which seals.</param>
/// <param name="PreviousKeyIds">Keys that are configured to open what they sealed.</param>
/// <param name="Sealing">What is sealed with which key; when it is the present one alone, the others can be removed.</param>
public sealed record MasterKeyState(string KeyId, IReadOnlyList<string> PreviousKeyIds, IReadOnlyList<SealingKey> Sealing)
{
    public bool IsRotated => Sealing.All(key => key.KeyId == KeyId);
}

public sealed record SealingKey(string KeyId, long SubjectKeys, long InstallationKeys);
