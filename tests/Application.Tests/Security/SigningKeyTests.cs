using System.Security.Cryptography;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Application.Tests.Security;

public class KeyThatSignsTokens
{
    private const string Order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

    /// <summary>RFC 6979, A.2.5.</summary>
    [Fact]
    public void The_public_key_follows_from_the_private_one()
    {
        using var key = new SigningKey(Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

        Convert.ToHexString(key.PublicKey.X!).ShouldBe("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
        Convert.ToHexString(key.PublicKey.Y!).ShouldBe("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
    }

    [Fact]
    public void Every_process_with_the_master_key_has_the_same_key()
    {
        using var one = new SigningKey(TestKeys.Master());
        using var two = new SigningKey(TestKeys.Master());
        using var other = new SigningKey(TestKeys.Master(8));

        two.Id.ShouldBe(one.Id);
        other.Id.ShouldNotBe(one.Id);
        two.Verify([1, 2, 3], one.Sign([1, 2, 3])).ShouldBeTrue();
        other.Verify([1, 2, 3], one.Sign([1, 2, 3])).ShouldBeFalse();
    }

    [Fact]
    public void A_derived_scalar_lies_between_1_and_the_order()
    {
        SigningKey.Scalar(new byte[48]).ShouldBe([.. new byte[31], 1]);
        var below = Convert.FromHexString(Order);
        below[^1] -= 1;
        SigningKey.Scalar(below).ShouldBe([.. new byte[31], 1]);            // n - 1 wraps to 0, then 1 is added
        below[^1] -= 1;
        SigningKey.Scalar(below)[^1].ShouldBe((byte)0x50);                  // the greatest is n - 1
        Enumerable.Range(0, 1000).ShouldAllBe(_ => SigningKey.Scalar(RandomNumberGenerator.GetBytes(48)).Length == 32);
    }

    [Fact]
    public void Many_threads_may_sign_at_once()
    {
        using var key = new SigningKey(TestKeys.Master());

        Parallel.For(0, 500, i => key.Verify(BitConverter.GetBytes(i), key.Sign(BitConverter.GetBytes(i))).ShouldBeTrue());
    }
}
