using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Sources.Files;

/// <summary>What was read before is what reading again would find, whatever was met in between and however many are wanted.</summary>
public sealed class RecentListsLaws
{
    const int Lists = 100_000 / Share.Divisor;

    readonly Addresses _addresses = new();

    [Fact]
    public void A_list_met_before_is_what_it_is_when_it_is_read()
    {
        var random = new Random(7);
        var recent = new RecentLists(Reader());
        var same = 0;
        for (var i = 0; i < Lists; i++)
        {
            var list = Encoding.ASCII.GetBytes(SomeList(random));
            var most = random.Next(4) == 0 ? random.Next(6) : MailLimits.Addresses;
            var expected = new AddressId[most];
            expected = expected[..Reader().Read(list, expected)];
            var found = recent.Read(list, most);
            Assert.True(expected.SequenceEqual(found), $"{i}: at most {most} of {Encoding.ASCII.GetString(list)}");
            Assert.Equal(Reader().ReadFirst(list), recent.First(list));
            if (found.Length > 0 && ReferenceEquals(found, recent.Read(list, most))) same++;
        }
        Assert.True(same > Lists / 2, $"{same} were known when they were asked for again");
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)] // Too long to be kept.
    public void Only_what_is_not_too_long_is_kept(int length, bool isKept)
    {
        var list = Encoding.ASCII.GetBytes("anna@acme.example,ben@acme.example".PadRight(length, ' '));
        var recent = new RecentLists(Reader());
        var first = recent.Read(list);
        Assert.Equal(["anna@acme.example", "ben@acme.example"], first.Select(id => _addresses[id]));
        Assert.Equal(first, recent.Read(list));
        Assert.Equal(isKept, ReferenceEquals(first, recent.Read(list)));
        Assert.Equal(first[0], recent.First(list));
    }

    AddressReader Reader() => new(_addresses, new());

    // Few people, so that lists come again, and more lists than are kept.
    static string SomeList(Random random) => string.Join(random.Next(2) == 0 ? ", " : ",",
        Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4) switch
        {
            0 => $"\"Ben, {random.Next(9)}\" <ben{random.Next(9)}@acme.example>",
            1 => $"anna{random.Next(9)} at acme.example",
            2 => "",
            _ => $"Carla <carla{random.Next(9)}@acme.example>",
        }));
}
