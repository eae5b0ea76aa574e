using System.Collections.Frozen;

namespace Mainstreet.Domain;

/// <summary>The active currencies of ISO 4217 with the number of digits of their minor unit.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> MinorDigits = Digits(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
            CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR
            ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV
            MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
            SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"));

    public static bool IsKnown(string? code) => code is not null && MinorDigits.ContainsKey(code);

    /// <summary>How many digits the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    /// <exception cref="DomainException"><c>currency_unknown</c></exception>
    public static int DigitsOf(string code) => MinorDigits.TryGetValue(code, out var digits) ? digits : throw new DomainException(Unknown(code));

    /// <summary>
    /// 9.99 of EUR as 999 cents. Null when <paramref name="amount"/> is finer than the minor unit or too large to hold.
    /// </summary>
    /// <exception cref="DomainException"><c>currency_unknown</c></exception>
    public static Money? FromMajorUnits(decimal amount, string currency)
    {
        var factor = 1m;
        for (var digit = DigitsOf(currency); digit > 0; digit--)
        {
            factor *= 10;
        }

        if (Math.Abs(amount) > long.MaxValue / factor)
        {
            return null;
        }

        var minor = amount * factor;
        return decimal.IsInteger(minor) ? new Money((long)minor, currency) : null;
    }

    public static DomainError Unknown(string? code) =>
        new("currency_unknown", $"\"{code}\" is not the code of an active ISO 4217 currency.", ErrorKind.Invalid);

    private static FrozenDictionary<string, int> Digits(params ReadOnlySpan<(int Digits, string Codes)> groups)
    {
        var digits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            foreach (var code in group.Codes.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                digits.Add(code, group.Digits);
            }
        }

        return digits.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
