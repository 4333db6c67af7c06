using System.Text;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Facts;

/// <summary>Every address has one number, however it is spelled and however it comes: as text or as the bytes of a mail file.</summary>
public sealed class AddressesLaws
{
    [Fact]
    public void An_address_has_one_number_whatever_its_case_and_the_space_around_it()
    {
        var random = new Random(5);
        var (addresses, plain) = (new Addresses(), new Dictionary<string, AddressId>());
        for (var step = 0; step < 6000; step++)
        {
            var name = $"Person{random.Next(900)}@Acme.Example";
            if (random.Next(9) == 0) name = new string('x', 500 + random.Next(30)) + name; // around the size of the buffer
            var spelled = random.Next(3) switch { 0 => name.ToUpperInvariant(), 1 => $" \t{name} ", _ => name };
            var met = plain.TryGetValue(name.ToLowerInvariant(), out var known);
            Assert.Equal(met ? known : AddressId.None, addresses.Find(spelled));

            var id = random.Next(2) == 0 ? addresses.Intern(spelled) : addresses.Intern(Encoding.UTF8.GetBytes(spelled));

            Assert.Equal(met ? known : new(plain.Count + 1), id);
            Assert.Equal(name.ToLowerInvariant(), addresses[id]);
            plain[name.ToLowerInvariant()] = id;
            Assert.Equal(plain.Count + 1, addresses.Count);
        }
        Assert.All(plain, one => Assert.Equal((one.Key, one.Value), (addresses[one.Value], addresses.Find(one.Key))));
    }

    // Mail is read on one thread while settings are saved on another, and both name addresses.
    [Fact]
    public async Task Threads_that_meet_the_same_addresses_give_each_one_number()
    {
        string[] names = [.. Enumerable.Range(0, 20_000).Select(n => $"person{n}@acme.example")];
        for (var round = 0; round < 5; round++)
        {
            var addresses = new Addresses();
            using var start = new Barrier(4);
            var threads = Enumerable.Range(0, 4).Select(number => Task.Factory.StartNew(
                () => Meet(addresses, names, new(round * 4 + number), start),
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
            var met = await Task.WhenAll(threads);

            Assert.Equal(names.Length + 1, addresses.Count);
            Assert.All(met, numbers => Assert.Equal(names, numbers.Select(id => addresses[id])));
            Assert.Equal(names.Length, met[0].Distinct().Count());
            Assert.All(met, numbers => Assert.Equal(met[0], numbers));
        }
    }

    static AddressId[] Meet(Addresses addresses, string[] names, Random random, Barrier start)
    {
        int[] order = [.. Enumerable.Range(0, names.Length)];
        random.Shuffle(order.AsSpan()[..^(names.Length / 2)]); // Some meet at random, the rest all at the same time.
        var numbers = new AddressId[names.Length];
        start.SignalAndWait(TestContext.Current.CancellationToken);
        foreach (var n in order)
        {
            numbers[n] = n % 2 == 0 ? addresses.Intern(names[n]) : addresses.Intern(Encoding.UTF8.GetBytes(names[n]));
            if (addresses.Find(names[n]) != numbers[n]) throw new InvalidOperationException($"{names[n]} is not found.");
        }
        return numbers;
    }

    [Fact]
    public void A_digest_follows_from_the_text_alone()
    {
        var (some, others) = (new Addresses(), new Addresses());
        others.Intern("first@acme.example");
        var digests = Enumerable.Range(0, 500).Select(n => some.DigestOf(some.Intern($"c{n}@acme.example"))).ToList();

        Assert.Equal(digests, Enumerable.Range(0, 500).Select(n => others.DigestOf(others.Intern($"C{n}@acme.example"))));
        Assert.Equal(500, digests.Distinct().Count());
    }

    [Fact]
    public void Room_for_more_or_fewer_changes_no_number()
    {
        var addresses = new Addresses();
        string[] names = [.. Enumerable.Range(0, 500).Select(n => $"c{n}@acme.example")];
        addresses.MakeRoom(200);
        var numbers = names.Select(name => addresses.Intern(name)).ToList();
        foreach (var room in (int[])[10, 5000, 200]) addresses.MakeRoom(room);

        Assert.Equal(names, numbers.Select(id => addresses[id]));
        Assert.Equal(numbers, names.Select(name => addresses.Intern(name)));
        Assert.Equal(501, addresses.Count);
    }

    [Fact]
    public void Nothing_is_no_address()
    {
        var addresses = new Addresses();

        Assert.Equal(AddressId.None, addresses.Intern("  "));
        Assert.Equal(AddressId.None, addresses.Intern(""u8));
        Assert.Equal((1, ""), (addresses.Count, addresses[AddressId.None]));
        Assert.True(AddressId.None.IsNone);
        Assert.False(addresses.Intern("a@acme.example").IsNone);
    }

    [Fact]
    public void An_address_of_any_length_is_text_like_any_other()
    {
        var (addresses, text) = (new Addresses(), new string('a', 6_000_000) + "@acme.example");

        Assert.Equal(addresses.Intern(text), addresses.Intern(Encoding.UTF8.GetBytes(text)));
    }

    [Fact] // Half a pair cannot stand in an attribute.
    public void Half_a_pair_becomes_a_sign_that_can_be_stored()
    {
        foreach (var (written, kept) in new[]
        {
            ("a\ud83d\ude00b@acme.example", "a\ud83d\ude00b@acme.example"),
            ("a\ud83db@acme.example", "a\ufffdb@acme.example"),
            ("\ude00\ud83d@acme.example", "\ufffd\ufffd@acme.example"),
            ("a\ud83d\ud83d\ude00@acme.example\ud83d", "a\ufffd\ud83d\ude00@acme.example\ufffd"),
        })
        {
            var addresses = new Addresses();
            var id = addresses.Intern(written);

            Assert.Equal(kept, addresses[id]);
            Assert.Equal(id, addresses.Intern(Encoding.UTF8.GetBytes(addresses[id])));
        }
    }

    [Theory]
    [InlineData("anna@acme.example", "acme.example")]
    [InlineData("\"a@b\"@acme.example", "acme.example")]
    [InlineData("S-1-5-18", "")]
    [InlineData("anna@", "")]
    [InlineData("", "")]
    public void The_domain_is_what_follows_the_last_at_sign(string address, string domain)
    {
        var addresses = new Addresses();

        Assert.Equal(domain, addresses.DomainOf(addresses.Intern(address)));
    }

    [Theory]
    [InlineData("support+eu@acme.example", "support@acme.example")]
    [InlineData("support+eu+de@acme.example", "support@acme.example")]
    [InlineData("support@acme+eu.example", "support@acme+eu.example")]
    [InlineData("+eu@acme.example", "+eu@acme.example")]
    [InlineData("support@acme.example", "support@acme.example")]
    [InlineData("support+eu", "support+eu")]
    public void A_plus_tag_is_no_part_of_whose_address_it_is(string address, string without) =>
        Assert.Equal(without, Addresses.WithoutTag(address));
}
