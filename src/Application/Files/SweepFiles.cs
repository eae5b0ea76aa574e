using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Files;

/// <summary>
/// Sees to it that files which come now are looked at a day later. A commit of its own, before there is any file: an upload that is killed leaves
/// nothing that nobody finds.
/// </summary>
internal sealed record ExpectFiles : IRequest<Committed>;

internal sealed class ExpectFilesHandler(ILane lane) : IRequestHandler<ExpectFiles, Committed>
{
    public Task<Committed> Handle(ExpectFiles command, CancellationToken cancellationToken) => lane.Run(
        _ => { },
        (log, now) =>
        {
            log.Schedule(new SweepFiles(), now + SweepFiles.Rest, SweepFiles.Key);
            return new Committed(0);
        },
        cancellationToken);
}

/// <summary>Removes what came a day ago or earlier and nothing names: uploads that were not committed, and images that were taken away. Every day, as long as there are files.</summary>
[Message("files.sweep", purpose: Purpose.Attend)]
internal sealed record SweepFiles : IRequest<Committed>
{
    public const string Key = "files.sweep";
    public static readonly TimeSpan Rest = TimeSpan.FromDays(1);
}

internal sealed class SweepFilesHandler(IPublicFiles files, IReadStore reads, ILane lane, TimeProvider clock) : IRequestHandler<SweepFiles, Committed>
{
    /// <summary>As images of products and categories; and wherever an address may stand: logos, banners, words of mails.</summary>
    private const string Named = """
        select substring(i.image->>'url' from '([^/?#]+)(?:[?#].*)?$') from rm.products p cross join lateral jsonb_array_elements(p.images) as i (image)
        union all
        select substring(c.image->>'url' from '([^/?#]+)(?:[?#].*)?$') from rm.categories c where c.image is not null
        union all
        select name[1] from (
          select to_jsonb(s)::text as shown from rm.storefront s union all select to_jsonb(b)::text from rm.business_profile b union all select to_jsonb(t)::text from rm.email_templates t) as place
         cross join lateral regexp_matches(place.shown, '/files/[0-9a-f-]+/[a-z]+/([A-Za-z0-9._-]+)', 'g') as name
        """;

    public async Task<Committed> Handle(SweepFiles command, CancellationToken cancellationToken)
    {
        var (kept, until) = (await files.All(cancellationToken), clock.GetUtcNow() - SweepFiles.Rest);
        var named = await reads.List<string>(Named, null, cancellationToken);
        var unnamed = kept.Where(file => file.At <= until).Select(file => file.Key).ExceptBy(named, key => key.Name, StringComparer.Ordinal).ToArray();

        var names = new { Names = unnamed.Select(key => key.Name).ToArray() };

        // what the view said may be behind, and somebody may name a file again: the lane says it for certain
        var removed = await lane.Run(
            streams => streams.In<Product>(
                """
                select p.id from rm.products p where exists (
                  select from jsonb_array_elements(p.images) as i (image) where substring(i.image->>'url' from '([^/?#]+)(?:[?#].*)?$') = any (@names))
                """,
                names).In<Category>("select c.id from rm.categories c where substring(c.image->>'url' from '([^/?#]+)(?:[?#].*)?$') = any (@names)", names),
            (log, now) =>
            {
                var again = log.All<Product>().SelectMany(product => product.Images).Select(image => image.Url)
                    .Concat(log.All<Category>().Select(category => category.Image?.Url).OfType<string>())
                    .Select(url => url.Split('?', '#')[0]).Select(url => url[(url.LastIndexOf('/') + 1)..]);
                if (kept.Count > 0)
                {
                    log.Schedule(command, now + SweepFiles.Rest, SweepFiles.Key); // also when all of them go: the next run finds what this one may leave behind
                }

                return new Removed([.. unnamed.ExceptBy(again, key => key.Name, StringComparer.Ordinal)]);
            },
            cancellationToken);
        await files.Remove(removed.Files, cancellationToken);
        return removed;
    }

    private sealed record Removed(FileKey[] Files) : Committed(0);
}
