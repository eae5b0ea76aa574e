using Mainstreet.Application.Notifications;
using Mainstreet.Application.Payments;
using Mainstreet.Application.Payouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>Where money goes and comes from, and by whom customers are written to.</summary>
internal static class ProvidersSetup
{
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddOptions<PaymentOptions>().BindConfiguration("Payments")
            .Validate(options => options.AreValid(), "Payments: StripeUrl, PayPalUrl, ToyyibPayUrl and PublicUrl are http(s) addresses, Timeout is more than nothing.").ValidateOnStart();
        services.AddHttpClient<ProviderHttp>((provider, http) => ProviderHttp.Prepare(http, provider.GetRequiredService<IOptions<PaymentOptions>>())).RemoveAllLoggers();
        services.AddSingleton<PayPalTokens>().AddSingleton<SandboxPayments>().AddScoped<IPaymentProviders, PaymentProviders>();
        services.AddOptions<PayoutOptions>().BindConfiguration("Payouts")
            .Validate(options => options.AreValid(), "Payouts: Provider is manual, or stripe with StripeKey; FeeBasisPoints is 0 to 10000, FeeFixed not negative by currency.").ValidateOnStart();
        services.AddSingleton<IPlatformFees, ConfiguredFees>().AddSingleton<SandboxTransfers>().AddSingleton<ManualTransfers>().AddScoped<IPayoutProviders, PayoutProviders>();
        return services;
    }

    public static IServiceCollection AddSenders(this IServiceCollection services)
    {
        services.AddOptions<EmailOptions>().BindConfiguration("Email")
            .Validate(options => options.AreValid(), "Email: with ApiKey there must be From; BaseUrl is an http(s) address, Timeout more than nothing.").ValidateOnStart();
        services.AddHttpClient<ResendEmails>((provider, http) => ResendEmails.Prepare(http, provider.GetRequiredService<IOptions<EmailOptions>>().Value))
            .RemoveAllLoggers();
        services.AddOptions<TwilioOptions>().BindConfiguration("Twilio")
            .Validate(options => options.AreValid(), "Twilio: with AccountSid there must be AuthToken, and SmsFrom or WhatsappFrom; BaseUrl is an http(s) address, Timeout more than nothing.").ValidateOnStart();
        services.AddHttpClient<TwilioMessages>((provider, http) => TwilioMessages.Prepare(http, provider.GetRequiredService<IOptions<TwilioOptions>>().Value)).RemoveAllLoggers();
        services.AddOptions<PushOptions>().BindConfiguration("Push")
            .Validate(options => options.AreValid(), "Push: PrivateKey is a key on P-256 of 32 bytes in base64url, and Subject a mailto: or https: address.").ValidateOnStart();
        services.AddScoped<MessageAttempts>().AddScoped<ITextSender, TextSender>().AddScoped<IPushSender, PushSender>();
        services.AddScoped<CustomerChannels>().AddScoped<NotificationWords>().AddScoped<PushDevices>();
        services.AddScoped<CustomerMails>().AddScoped<SandboxOutbox>().AddScoped<IEmailSender, EmailSender>();
        return services;
    }
}
