using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Conversations;

public sealed class ThreadSightingsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void As_many_as_may_be_are_kept_and_none_where_there_are_more(int limit)
    {
        var sightings = new ThreadSightings(limit);
        for (var n = 0; n < limit; n++) sightings.Note(n * 3, Read(n));
        Assert.True(sightings.AreAll);
        Assert.Equal(
            Enumerable.Range(0, limit).Select(n => (n * 3, (long)n)), sightings.All.Select(one => (one.Sighting, one.Read.FactId)));

        for (var n = limit; n < 3 * limit + 3; n++)
        {
            sightings.Note(n * 3, Read(n));
            Assert.False(sightings.AreAll);
            Assert.Empty(sightings.All);
        }
    }

    [Fact]
    public void What_is_kept_stays_as_it_was_when_the_lists_are_read_into_again()
    {
        var sightings = new ThreadSightings(2);
        byte[] index = [1, 2, 3];
        sightings.Note(0, Read(0) with { ConversationIndex = index, References = new MessageKey[4] });
        index[1] = 9;
        var kept = Assert.Single(sightings.All).Read;
        Assert.Equal([1, 2, 3], kept.ConversationIndex.ToArray());
        Assert.True(kept.References.IsEmpty && kept.InReplyTo.IsEmpty);
    }

    static JoinKeys Read(int number) => new() { FactId = number, At = JoinKeys.Undated, Key = default };
}
