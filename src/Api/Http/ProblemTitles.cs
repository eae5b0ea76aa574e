using System.Collections.Frozen;
using Mainstreet.Api.Storefronts;
using Mainstreet.Domain;

namespace Mainstreet.Api.Http;

/// <summary>
/// Titles of the problems that people meet at a storefront, in their language: that of Accept-Language, else the business's, else English. Codes
/// stay what they are.
/// </summary>
internal static class ProblemTitles
{
    private static readonly FrozenDictionary<string, (string Hebrew, string Malay)> titles = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["already_exists"] = ("כבר קיים", "Sudah wujud"),
        ["below_minimum_order"] = ("מתחת להזמנה המינימלית", "Di bawah pesanan minimum"),
        ["body_too_large"] = ("הבקשה גדולה מדי", "Permintaan terlalu besar"),
        ["business_closed"] = ("העסק סגור", "Perniagaan ditutup"),
        ["business_closing"] = ("העסק נסגר", "Perniagaan akan ditutup"),
        ["business_overloaded"] = ("העסק עמוס כעת", "Perniagaan sedang sibuk"),
        ["business_suspended"] = ("העסק מושהה", "Perniagaan digantung"),
        ["choices_invalid"] = ("הבחירות אינן תקינות", "Pilihan tidak sah"),
        ["delivery_not_offered"] = ("אין משלוחים", "Penghantaran tidak ditawarkan"),
        ["email_taken"] = ("כתובת הדוא״ל תפוסה", "Alamat e-mel telah digunakan"),
        ["full_name_invalid"] = ("השם אינו תקין", "Nama tidak sah"),
        ["in_the_past"] = ("המועד כבר עבר", "Masa telah berlalu"),
        ["internal_error"] = ("שגיאה פנימית", "Ralat dalaman"),
        ["invalid_credentials"] = ("פרטי הכניסה שגויים", "Butiran log masuk salah"),
        ["locale_invalid"] = ("השפה אינה תקינה", "Bahasa tidak sah"),
        ["mail_token_invalid"] = ("הקוד אינו תקף", "Kod tidak sah"),
        ["not_available"] = ("לא זמין", "Tidak tersedia"),
        ["not_found"] = ("לא נמצא", "Tidak dijumpai"),
        ["out_of_stock"] = ("אזל מהמלאי", "Kehabisan stok"),
        ["outside_delivery_area"] = ("מחוץ לאזור המשלוחים", "Di luar kawasan penghantaran"),
        ["payment_method_not_available"] = ("אמצעי התשלום אינו זמין", "Kaedah bayaran tidak tersedia"),
        ["phone_invalid"] = ("מספר הטלפון אינו תקין", "Nombor telefon tidak sah"),
        ["position_required"] = ("נדרש מיקום הכתובת", "Kedudukan alamat diperlukan"),
        ["price_changed"] = ("המחיר השתנה", "Harga telah berubah"),
        ["rate_limited"] = ("יותר מדי בקשות", "Terlalu banyak permintaan"),
        ["request_timeout"] = ("הבקשה ארכה זמן רב מדי", "Permintaan mengambil masa terlalu lama"),
        ["scheduled_too_late"] = ("המועד רחוק מדי", "Masa terlalu jauh"),
        ["session_over"] = ("החיבור הסתיים", "Sesi telah tamat"),
        ["storefront_closed"] = ("החנות סגורה", "Kedai ditutup"),
        ["storefront_moved"] = ("לחנות יש כתובת חדשה", "Kedai telah berpindah"),
        ["too_many_attempts"] = ("יותר מדי ניסיונות", "Terlalu banyak percubaan"),
        ["unauthenticated"] = ("נדרשת כניסה", "Perlu log masuk"),
        ["validation_failed"] = ("חלק מהערכים אינם תקינים", "Sesetengah nilai tidak sah"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Also says so in the answer's headers. Problems of other routes, and those that only programs meet, are in English.</summary>
    public static Problem Translate(HttpContext http, Problem problem)
    {
        if (http.Request.Path.Value?.StartsWith(StorefrontHosts.Path, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return problem;
        }

        var language = AcceptedLanguages.Choose(http.Request, Languages.Known) ?? Languages.Spoken(http.Features.Get<StorefrontLocale>()?.Locale);
        var title = !titles.TryGetValue(problem.Code, out var known) ? null : language switch
        {
            "he" => known.Hebrew,
            "ms" => known.Malay,
            _ => null,
        };
        AcceptedLanguages.Stamp(http.Response, title is null ? Languages.English : language);
        return title is null ? problem : problem with { Title = title };
    }
}
