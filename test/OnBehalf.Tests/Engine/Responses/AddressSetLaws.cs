using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Responses;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Responses;

/// <summary>The set of addresses holds what a plain set holds, however many there are and however often it is emptied.</summary>
public sealed class AddressSetLaws
{
    [Fact]
    public void It_is_a_set()
    {
        var random = new Random(11);
        var (set, plain) = (new AddressSet(), new HashSet<AddressId>());
        for (var step = 0; step < 20_000 / Share.Divisor; step++)
        {
            if (random.Next(40) == 0)
            {
                set.Clear();
                plain.Clear();
            }
            var address = new AddressId(random.Next(30));
            if (random.Next(2) == 0)
            {
                set.Add(address);
                plain.Add(address);
            }
            for (var other = 0; other < 30; other++)
                Assert.True(plain.Contains(new(other)) == set.Contains(new(other)), $"step {step}, address {other}");
        }
    }
}
