using Mainstreet.Domain;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>What a receipt says beside names and amounts, in every one of <see cref="Languages.Known"/>.</summary>
/// <param name="Language">Of the words.</param>
/// <param name="From">Stands between a tax rate and the amount that is taxed.</param>
internal sealed record ReceiptWords(
    string Language,
    string TaxNumber,
    string Receipt,
    string Discount,
    string Net,
    string IncludedTax,
    string Tax,
    string From,
    string Total,
    string Change,
    string ToBePaid,
    string Returned,
    string Void,
    string Cash,
    string Card,
    string Wallet,
    string Transfer,
    string Voucher)
{
    private static readonly ReceiptWords english = new(
        Languages.English, "Tax no.", "Receipt", "Discount", "Net", "Included tax", "Tax", "of", "Total", "Change", "To be paid", "Returned", "VOID",
        "Cash", "Card", "Wallet", "Transfer", "Voucher");

    private static readonly ReceiptWords hebrew = new(
        "he", "מס׳ עוסק", "קבלה", "הנחה", "לפני מס", "כולל מס", "מס", "מתוך", "סה״כ", "עודף", "לתשלום", "הוחזר", "מבוטלת",
        "מזומן", "כרטיס", "ארנק דיגיטלי", "העברה", "שובר");

    private static readonly ReceiptWords malay = new(
        "ms", "No. cukai", "Resit", "Diskaun", "Bersih", "Termasuk cukai", "Cukai", "daripada", "Jumlah", "Baki", "Perlu dibayar", "Dipulangkan", "BATAL",
        "Tunai", "Kad", "E-dompet", "Pindahan", "Baucar");

    /// <param name="locale">Of the business; where there are no words in its language, they are English.</param>
    public static ReceiptWords In(string locale) => Languages.Spoken(locale) switch
    {
        "he" => hebrew,
        "ms" => malay,
        _ => english,
    };

    public string Of(TenderMethod method) => method switch
    {
        TenderMethod.Cash => Cash,
        TenderMethod.Card => Card,
        TenderMethod.Wallet => Wallet,
        TenderMethod.Transfer => Transfer,
        TenderMethod.Voucher => Voucher,
    };
}
