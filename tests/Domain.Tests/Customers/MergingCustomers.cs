using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Domain.Tests.Customers;

public class MergingCustomers
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CustomerId Carla = new(Uuid.Named("carla")), Guest = new(Uuid.Named("guest")), Till = new(Uuid.Named("till"));

    internal static CustomerIdentityEvent[][] Streams => [[new CustomersMerged(Carla, Guest, [Till], Now)], [new CustomerMergedAway(Guest, Carla, Now)]];

    [Fact]
    public void Takes_over_whom_the_other_one_had_taken_over_and_says_it_once()
    {
        var world = new World();
        world.Merge(Guest, Till).ShouldNotBeNull().Earlier.ShouldBeEmpty();
        world.Merge(Guest, Till).ShouldBeNull();
        world.Merge(Carla, Guest).ShouldNotBeNull().Earlier.ShouldBe([Till]);
        world.Merge(Carla, Guest).ShouldBeNull();
        world.Merge(Carla, Till).ShouldBeNull(); // by way of the guest
        world.Refused(Guest, Till).Details!["customer_id"].ShouldBe(Carla.Value);
        world.Refused(Till, Carla).Code.ShouldBe("customer_merged");
        world.Refused(new(Uuid.Named("other")), Till).Details!["customer_id"].ShouldBe(Carla.Value);
        world.Refused(Carla, Carla).Code.ShouldBe("merged_with_itself");
        CustomerIdentity.Present(world.Known, Till).ShouldBe(Carla);
    }

    [Fact]
    public void Has_an_end()
    {
        var world = new World();
        for (var i = 0; i < CustomerIdentity.MaxMembers; i++)
        {
            world.Merge(Carla, new(Uuid.Named("one more", $"{i}")));
        }

        world.Refused(Carla, Guest).Code.ShouldBe("too_many_merged");
    }

    /// <summary>Whoever is merged with whomever, in whatever order.</summary>
    [Fact]
    public void Everybody_is_one_person_who_is_nobody_else() => Prop.ForAll(
        (from one in Gen.Choose(0, 6) from other in Gen.Choose(0, 6) select (one, other)).ArrayOf(30).ToArbitrary(), merges =>
        {
            var world = new World();
            var groups = Enumerable.Range(0, 7).ToArray(); // who each is, by what was accepted
            foreach (var (one, other) in merges)
            {
                if (world.TryMerge(Id(one), Id(other)))
                {
                    groups = [.. groups.Select(who => who == other ? one : who)];
                }

                Enumerable.Range(0, 7).ShouldAllBe(who => CustomerIdentity.Present(world.Known, Id(who)) == Id(groups[who]));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tags_and_refusals_of_both_are_kept()
    {
        var (own, other) = (new CustomerRecord(Carla, [new("VIP")], 1), new CustomerRecord(Guest, [new("nuts"), new("VIP")], 0));
        CustomerRecord.TakeOver(own, Carla, other, Now).ShouldHaveSingleItem().ShouldBeOfType<CustomerTagged>().Tags.ShouldBe([new("VIP"), new("nuts")]);
        CustomerRecord.TakeOver(own, Carla, null, Now).ShouldBeEmpty();
        CustomerRecord.TakeOver(null, Carla, other, Now).ShouldHaveSingleItem();
        CustomerWishes.TakeOver(new(["order.ready"], [NotificationChannel.Sms]), Carla, new([], [NotificationChannel.Push]), Now).ShouldHaveSingleItem().ShouldBeOfType<CustomerWishesChosen>()
            .Refused.ShouldBe([NotificationChannel.Sms, NotificationChannel.Push], ignoreOrder: true);
        CustomerWishes.TakeOver(null, Carla, null, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Addresses_go_over_once_and_a_no_counts_more_than_a_yes()
    {
        var home = new Address("Lindenstr. 1", "Berlin", "10969", "DE");
        var own = new CustomerAccount(new(Uuid.Named("own")), Carla, "carla@example.com", "Carla", "+49 30 1", null, [new(new(Uuid.Named("home")), null, home)]) with
        {
            Consents = [Said(NotificationChannel.Email, given: true)],
        };
        var other = new CustomerAccount(new(Uuid.Named("other")), Guest, "c@example.com", "C", "+49 30 1", null, [new(new(Uuid.Named("a")), "Home", home), new(new(Uuid.Named("b")), "Work", home with { Line = "Tower" })]) with
        {
            Consents = [Said(NotificationChannel.Email, given: false), Said(NotificationChannel.Sms, given: true), Said(NotificationChannel.Push, given: true)],
        };
        var taken = own.TakeOver(other, Now);
        taken.OfType<CustomerAddressSaved>().ShouldHaveSingleItem().Address.Line.ShouldBe("Tower");
        taken.OfType<CustomerConsentChanged>().Select(said => (said.Channel, said.Given, said.CustomerId)).ShouldBe([(NotificationChannel.Email, false, Carla), (NotificationChannel.Sms, true, Carla)]);
        own.TakeOver(other with { Phone = "+49 30 2" }, Now).OfType<CustomerConsentChanged>().ShouldHaveSingleItem().Given.ShouldBeFalse();
    }

    private static Consent Said(NotificationChannel channel, bool given) => new(ConsentPurpose.Marketing, channel, given, null);

    private static CustomerId Id(int who) => new(Uuid.Named("somebody", $"{who}"));

    /// <summary>What is in the lane.</summary>
    private sealed class World
    {
        private readonly Dictionary<CustomerId, CustomerIdentity> identities = [];

        public CustomerIdentity[] Known => [.. identities.Values];

        public CustomersMerged? Merge(CustomerId survivor, CustomerId merged)
        {
            if (CustomerIdentity.Merge(Known, survivor, merged, Now) is not { } found)
            {
                return null;
            }

            identities[survivor] = CustomerIdentity.Evolve(identities.GetValueOrDefault(survivor), found);
            identities[merged] = CustomerIdentity.Evolve(identities.GetValueOrDefault(merged), new CustomerMergedAway(merged, survivor, Now));
            return found;
        }

        public bool TryMerge(CustomerId survivor, CustomerId merged)
        {
            try
            {
                return Merge(survivor, merged) is not null;
            }
            catch (DomainException e) when (e.Error.Code is "customer_merged" or "merged_with_itself")
            {
                return false;
            }
        }

        public DomainError Refused(CustomerId survivor, CustomerId merged) => Should.Throw<DomainException>(() => Merge(survivor, merged)).Error;
    }
}
