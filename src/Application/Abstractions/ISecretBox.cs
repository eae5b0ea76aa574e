namespace Mainstreet.Application;

/// <summary>Keeps secrets under the master key: sealed text may be stored in events and tables.</summary>
public interface ISecretBox
{
    /// <summary>Encrypts for one purpose; only the same purpose opens it again.</summary>
    string Seal(ReadOnlySpan<byte> plain, string purpose);

    /// <summary>Errors: CryptographicException when the text was altered, or sealed for another purpose or with an unknown key.</summary>
    byte[] Open(string sealedText, string purpose);
}
