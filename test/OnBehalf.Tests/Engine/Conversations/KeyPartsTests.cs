using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Conversations;

/// <summary>Keys are taken in as many parts as are needed, and the parts are about the same size.</summary>
public sealed class KeyPartsTests
{
    [Theory]
    [InlineData(0, 5, 1, 0)]
    [InlineData(5, 5, 1, 5)]
    [InlineData(6, 5, 2, 3)]
    [InlineData(11, 5, 3, 3)]
    [InlineData(320, 32, 10, 34)] // A sixteenth more than a tenth.
    [InlineData(int.MaxValue, 1 << 19, 4096, 557_054)]
    public void Parts_hold_what_is_at_hand_and_a_little_room(int keys, int atATime, int parts, int expected)
    {
        var taken = new KeyParts(keys, atATime);
        Assert.Equal((parts, expected), (taken.Count, taken.Expected));
    }

    [Fact]
    public void Every_part_has_about_as_many_keys()
    {
        const int Keys = 8_000;
        var parts = new KeyParts(Keys, Keys / 8);
        var sizes = new int[parts.Count];
        for (var n = 0; n < Keys; n++) sizes[parts.Of(MessageKey.Of($"{n}@acme.example"))]++;
        Assert.Equal(8, sizes.Length);
        Assert.All(sizes, size => Assert.InRange(size, Keys / 10, Keys / 6));
        Assert.Equal(0, new KeyParts(Keys, Keys).Of(MessageKey.Of("1@acme.example")));
    }
}
