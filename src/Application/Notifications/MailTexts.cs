using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Application.Notifications;

/// <summary>What mails to customers say where the business has no words of its own, in every one of <see cref="Languages.Known"/>.</summary>
internal static class MailTexts
{
    public static MailWords Of(string mail, string language) => (mail, language) switch
    {
        (MailKind.VerifyEmail, "he") => new("אישור הכתובת שלך ב־{{shop}}", """
            ברוכים הבאים ל־{{shop}}. נא להתחבר בתוך שבוע ולאשר שהכתובת {{email}} שייכת לך, באמצעות הקוד:

            {{code}}

            אם לא נרשמת, אין צורך לעשות דבר.
            """),
        (MailKind.VerifyEmail, "ms") => new("Sahkan alamat anda di {{shop}}", """
            Selamat datang ke {{shop}}. Sila log masuk dalam masa seminggu dan sahkan bahawa {{email}} ialah alamat anda, dengan kod ini:

            {{code}}

            Jika anda tidak mendaftar di sana, abaikan e-mel ini.
            """),
        (MailKind.VerifyEmail, _) => new("Confirm your address at {{shop}}", """
            Welcome at {{shop}}. Please sign in there within a week and confirm that {{email}} is yours, with this code:

            {{code}}

            If you have not registered there, do nothing.
            """),
        (MailKind.ResetPassword, "he") => new("סיסמה חדשה ב־{{shop}}", """
            התקבלה בקשה לסיסמה חדשה עבור {{email}} ב־{{shop}}. אם הבקשה שלך, אפשר לקבוע סיסמה בתוך שעה באמצעות הקוד:

            {{code}}

            אם לא, אין צורך לעשות דבר: הסיסמה נשארת כפי שהיא.
            """),
        (MailKind.ResetPassword, "ms") => new("Kata laluan baharu di {{shop}}", """
            Ada permintaan kata laluan baharu untuk {{email}} di {{shop}}. Jika anda yang memintanya, tetapkannya dalam masa sejam dengan kod ini:

            {{code}}

            Jika bukan, abaikan e-mel ini: kata laluan tidak berubah.
            """),
        (MailKind.ResetPassword, _) => new("A new password at {{shop}}", """
            Somebody asked for a new password for {{email}} at {{shop}}. If it was you, set it within an hour with this code:

            {{code}}

            If it was not, do nothing: the password stays as it is.
            """),
        _ => OrderTexts.Of(MailKind.Of(mail), language),
    };
}
