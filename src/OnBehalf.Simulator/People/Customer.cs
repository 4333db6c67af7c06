namespace OnBehalf.Simulator.People;

/// <summary>The program a customer writes with; it decides which headers a mail has.</summary>
enum MailClient { Gmail, Outlook, AppleMail, Thunderbird }

/// <summary>Somebody outside who writes in.</summary>
sealed class Customer
{
    public required ulong Seed { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required MailClient Client { get; init; }

    /// <summary>The words this customer's client puts before the subject of a reply.</summary>
    public required string ReplyPrefix { get; init; }

    public static Customer For(ulong seed)
    {
        var chance = new Chance(seed);
        var (first, last) = (chance.Pick(Names.First), chance.Pick(Names.Last));
        var domain = chance.Pick(Names.CustomerDomains);
        return new Customer
        {
            Seed = seed,
            Name = $"{first} {last}",
            Address = $"{Names.Plain(first)}.{Names.Plain(last)}{chance.Below(90) + 10}@{domain}",
            Client = (MailClient)chance.Below(4),
            ReplyPrefix = chance.Hits(0.85) ? "Re: " : chance.Pick(["AW: ", "SV: ", "Odp: ", "RE: "]),
        };
    }
}
