using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Application.Notifications;

/// <summary>What customers are told of their orders where the business has no words of its own, in every one of <see cref="Languages.Known"/>: one headline and one sentence a step.</summary>
internal static class OrderTexts
{
    public static MailWords Of(MailKind mail, string language)
    {
        var (headline, sentence) = Words(mail.OrderKind, language);
        return mail.Channel switch
        {
            NotificationChannel.Email => new(headline, Mail(NotificationKind.Of(mail.OrderKind), sentence, language)),
            NotificationChannel.Sms or NotificationChannel.Whatsapp => new("", $"{{{{shop}}}}: {sentence} {{{{link}}}}"),
            NotificationChannel.Push => new(headline, sentence),
        };
    }

    private static string Mail(NotificationKind kind, string sentence, string language)
    {
        var (hello, sums, follow) = Frame(language);
        return $"""
            {hello}

            {sentence}
            {(kind.HasLines ? $"\n{sums}\n" : "")}
            {follow} {"{{link}}"}

            {"{{shop}}"}
            """;
    }

    /// <summary>Greeting, what it costs, and where it is followed.</summary>
    private static (string Hello, string Sums, string Follow) Frame(string language) => language switch
    {
        "he" => ("שלום {{name}},", """
            {{lines}}

            סכום ביניים: {{subtotal}}
            הנחה: {{discount}}
            משלוח: {{delivery_fee}}
            טיפ: {{tip}}
            מע״מ: {{tax}}
            סה״כ: {{total}}
            """, "מעקב אחר ההזמנה:"),
        "ms" => ("Salam {{name}},", """
            {{lines}}

            Jumlah kecil: {{subtotal}}
            Diskaun: {{discount}}
            Penghantaran: {{delivery_fee}}
            Tip: {{tip}}
            Cukai: {{tax}}
            Jumlah: {{total}}
            """, "Ikuti pesanan anda:"),
        _ => ("Hello {{name}},", """
            {{lines}}

            Subtotal: {{subtotal}}
            Discount: {{discount}}
            Delivery: {{delivery_fee}}
            Tip: {{tip}}
            Tax: {{tax}}
            Total: {{total}}
            """, "Follow your order:"),
    };

    private static (string Headline, string Sentence) Words(string kind, string language) => (kind, language) switch
    {
        (NotificationKind.Placed, "he") => ("קיבלנו את הזמנה {{number}}", "ההזמנה {{number}} על סך {{total}} התקבלה. נעדכן כשתאושר."),
        (NotificationKind.Placed, "ms") => ("Kami telah menerima pesanan {{number}}", "Pesanan {{number}} berjumlah {{total}} telah diterima. Kami akan maklumkan apabila ia disahkan."),
        (NotificationKind.Placed, _) => ("We have your order {{number}}", "Your order {{number}} for {{total}} has reached us. We will tell you when it is confirmed."),
        (NotificationKind.Confirmed, "he") => ("הזמנה {{number}} אושרה", "ההזמנה {{number}} על סך {{total}} אושרה. היא צפויה ב־{{time}}."),
        (NotificationKind.Confirmed, "ms") => ("Pesanan {{number}} disahkan", "Pesanan {{number}} berjumlah {{total}} telah disahkan. Jangkaan: {{time}}."),
        (NotificationKind.Confirmed, _) => ("Your order {{number}} is confirmed", "Your order {{number}} for {{total}} is confirmed. You can expect it at {{time}}."),
        (NotificationKind.Amended, "he") => ("הזמנה {{number}} שונתה", "ההזמנה {{number}} שונתה. הסכום כעת {{total}}."),
        (NotificationKind.Amended, "ms") => ("Pesanan {{number}} telah diubah", "Pesanan {{number}} telah diubah. Jumlahnya kini {{total}}."),
        (NotificationKind.Amended, _) => ("Your order {{number}} was changed", "Your order {{number}} was changed. It comes to {{total}} now."),
        (NotificationKind.Rejected, "he") => ("לא ניתן לקבל את הזמנה {{number}}", "לצערנו לא נוכל לטפל בהזמנה {{number}}. לא תחויב עליה."),
        (NotificationKind.Rejected, "ms") => ("Pesanan {{number}} tidak dapat diterima", "Maaf, kami tidak dapat menerima pesanan {{number}}. Anda tidak akan dicaj."),
        (NotificationKind.Rejected, _) => ("We cannot take your order {{number}}", "We are sorry: we cannot take your order {{number}}. You will not be charged for it."),
        (NotificationKind.Preparing, "he") => ("הזמנה {{number}} בהכנה", "התחלנו להכין את ההזמנה {{number}}."),
        (NotificationKind.Preparing, "ms") => ("Pesanan {{number}} sedang disediakan", "Kami sedang menyediakan pesanan {{number}}."),
        (NotificationKind.Preparing, _) => ("Your order {{number}} is being prepared", "We are preparing your order {{number}}."),
        (NotificationKind.Ready, "he") => ("הזמנה {{number}} מוכנה", "ההזמנה {{number}} מוכנה."),
        (NotificationKind.Ready, "ms") => ("Pesanan {{number}} sudah siap", "Pesanan {{number}} sudah siap."),
        (NotificationKind.Ready, _) => ("Your order {{number}} is ready", "Your order {{number}} is ready."),
        (NotificationKind.OutForDelivery, "he") => ("הזמנה {{number}} בדרך אליך", "ההזמנה {{number}} יצאה למשלוח."),
        (NotificationKind.OutForDelivery, "ms") => ("Pesanan {{number}} dalam perjalanan", "Pesanan {{number}} sedang dihantar kepada anda."),
        (NotificationKind.OutForDelivery, _) => ("Your order {{number}} is on its way", "Your order {{number}} is on its way to you."),
        (NotificationKind.Delivered, "he") => ("הזמנה {{number}} נמסרה", "ההזמנה {{number}} נמסרה. תודה!"),
        (NotificationKind.Delivered, "ms") => ("Pesanan {{number}} telah dihantar", "Pesanan {{number}} telah diserahkan. Terima kasih!"),
        (NotificationKind.Delivered, _) => ("Your order {{number}} was delivered", "Your order {{number}} was handed over. Thank you!"),
        (NotificationKind.Collected, "he") => ("הזמנה {{number}} נאספה", "ההזמנה {{number}} נאספה. תודה!"),
        (NotificationKind.Collected, "ms") => ("Pesanan {{number}} telah diambil", "Pesanan {{number}} telah diambil. Terima kasih!"),
        (NotificationKind.Collected, _) => ("You have collected your order {{number}}", "Your order {{number}} was collected. Thank you!"),
        (NotificationKind.Completed, "he") => ("הזמנה {{number}} הושלמה", "ההזמנה {{number}} הושלמה. נשמח לראותך שוב."),
        (NotificationKind.Completed, "ms") => ("Pesanan {{number}} selesai", "Pesanan {{number}} telah selesai. Jumpa lagi!"),
        (NotificationKind.Completed, _) => ("Your order {{number}} is complete", "Your order {{number}} is complete. We look forward to seeing you again."),
        (NotificationKind.DeliveryFailed, "he") => ("לא הצלחנו למסור את הזמנה {{number}}", "לא הצלחנו למסור את ההזמנה {{number}}. ניצור איתך קשר."),
        (NotificationKind.DeliveryFailed, "ms") => ("Pesanan {{number}} tidak dapat dihantar", "Kami tidak dapat menyerahkan pesanan {{number}}. Kami akan menghubungi anda."),
        (NotificationKind.DeliveryFailed, _) => ("We could not deliver your order {{number}}", "We could not hand over your order {{number}}. We will get in touch with you."),
        (NotificationKind.Redelivery, "he") => ("ננסה למסור שוב את הזמנה {{number}}", "ננסה שוב למסור את ההזמנה {{number}}."),
        (NotificationKind.Redelivery, "ms") => ("Kami akan cuba menghantar pesanan {{number}} sekali lagi", "Kami akan cuba menghantar pesanan {{number}} sekali lagi."),
        (NotificationKind.Redelivery, _) => ("We will try to deliver your order {{number}} again", "We will try once more to deliver your order {{number}}."),
        (NotificationKind.Returned, "he") => ("הזמנה {{number}} הוחזרה", "ההזמנה {{number}} חזרה אלינו ולא תימסר."),
        (NotificationKind.Returned, "ms") => ("Pesanan {{number}} telah dipulangkan", "Pesanan {{number}} telah kembali kepada kami dan tidak akan dihantar."),
        (NotificationKind.Returned, _) => ("Your order {{number}} came back to us", "Your order {{number}} came back to us and will not be delivered."),
        (NotificationKind.Canceled, "he") => ("הזמנה {{number}} בוטלה", "ההזמנה {{number}} בוטלה."),
        (NotificationKind.Canceled, "ms") => ("Pesanan {{number}} dibatalkan", "Pesanan {{number}} telah dibatalkan."),
        (NotificationKind.Canceled, _) => ("Your order {{number}} was canceled", "Your order {{number}} was canceled."),
        (NotificationKind.PaymentExpired, "he") => ("הזמנה {{number}} לא שולמה", "ההזמנה {{number}} לא שולמה בזמן ולכן בוטלה."),
        (NotificationKind.PaymentExpired, "ms") => ("Pesanan {{number}} tidak dibayar", "Pesanan {{number}} tidak dibayar pada masanya dan telah dibatalkan."),
        (NotificationKind.PaymentExpired, _) => ("Your order {{number}} was not paid", "Your order {{number}} was not paid in time, and is void."),
        (NotificationKind.PaymentFailed, "he") => ("התשלום עבור הזמנה {{number}} נכשל", "לא הצלחנו לקבל את התשלום עבור ההזמנה {{number}}. ניצור איתך קשר."),
        (NotificationKind.PaymentFailed, "ms") => ("Pembayaran pesanan {{number}} gagal", "Kami tidak dapat menerima bayaran untuk pesanan {{number}}. Kami akan menghubungi anda."),
        (NotificationKind.PaymentFailed, _) => ("The payment of your order {{number}} failed", "We could not take the payment of your order {{number}}. We will get in touch with you."),
        (NotificationKind.Refunded, "he") => ("החזר כספי עבור הזמנה {{number}}", "החזרנו לך {{amount}} עבור ההזמנה {{number}}."),
        (NotificationKind.Refunded, "ms") => ("Bayaran balik untuk pesanan {{number}}", "Kami telah membayar balik {{amount}} untuk pesanan {{number}}."),
        (NotificationKind.Refunded, _) => ("A refund for your order {{number}}", "We have given back {{amount}} for your order {{number}}."),
        (NotificationKind.Message, "he") => ("הודעה חדשה על הזמנה {{number}}", "מחכה לך הודעה חדשה על ההזמנה {{number}}."),
        (NotificationKind.Message, "ms") => ("Mesej baharu tentang pesanan {{number}}", "Ada mesej baharu untuk anda tentang pesanan {{number}}."),
        (NotificationKind.Message, _) => ("A message about your order {{number}}", "There is a new message for you about your order {{number}}."),
        _ => throw new DomainException(DomainError.NotFound("mail")),
    };
}
