using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>The words of every mail to customers in every language, the business's own or the product's.</summary>
public sealed record ListEmailTemplates : IRequest<IReadOnlyList<EmailTemplateEntry>>;

/// <param name="IsOwn">Whether they are the business's.</param>
public sealed record EmailTemplateEntry(MailKind Kind, string Language, MailWords Words, bool IsOwn, int Version);

/// <summary>What a mail would be like, for a customer who does not exist. Errors: as setting it.</summary>
/// <param name="Words">Null: those that it has.</param>
public sealed record PreviewEmailTemplate(string Mail, string Language, MailWords? Words) : IRequest<MailWords>;

internal sealed class ListEmailTemplatesHandler(IReadStore reads) : IRequestHandler<ListEmailTemplates, IReadOnlyList<EmailTemplateEntry>>
{
    public async Task<IReadOnlyList<EmailTemplateEntry>> Handle(ListEmailTemplates query, CancellationToken cancellationToken)
    {
        var own = (await reads.List<EmailTemplateView>("select * from rm.email_templates", null, cancellationToken)).ToDictionary(row => (row.Mail, row.Language));
        return
        [
            .. from kind in MailKind.All
               from language in Languages.Known
               let row = own.GetValueOrDefault((kind.Name, language))
               select new EmailTemplateEntry(kind, language, row?.Words ?? MailTexts.Of(kind.Name, language), row?.Words is not null, row?.Version ?? 0),
        ];
    }
}

internal sealed class PreviewEmailTemplateHandler(IMediator mediator, IReadStore reads, TimeProvider clock) : IRequestHandler<PreviewEmailTemplate, MailWords>
{
    public async Task<MailWords> Handle(PreviewEmailTemplate query, CancellationToken cancellationToken)
    {
        var present = (await mediator.Send(new ListEmailTemplates(), cancellationToken)).FirstOrDefault(entry => entry.Kind.Name == query.Mail && entry.Language == query.Language)
            ?? throw new DomainException(DomainError.NotFound("mail"));
        if (query.Words is { } words)
        {
            EmailTemplate.Set(null, query.Mail, query.Language, words, clock.GetUtcNow());
        }

        var shop = (await reads.Find<Shop>("select name, currency from rm.business_profile", null, cancellationToken))!;
        return (query.Words ?? present.Words).Fill(
            new Dictionary<string, string>(NotificationWords.Example(shop.Name, shop.Currency), StringComparer.Ordinal) { ["email"] = "customer@example.com", ["code"] = "1234-5678" });
    }

    private sealed record Shop(string Name, string Currency);
}
