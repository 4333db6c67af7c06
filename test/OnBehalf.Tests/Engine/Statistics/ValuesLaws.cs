using System.Buffers;
using System.Runtime.CompilerServices;
using OnBehalf.Engine.Statistics;

namespace OnBehalf.Tests.Engine.Statistics;

/// <summary>A list in a borrowed array holds what was added, and the array goes back as soon as it is not needed.</summary>
public class ValuesLaws
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void What_was_added_is_there_in_order(int count)
    {
        using var values = new Values<int>();
        for (var i = 0; i < count; i++) values.Add(i);

        Assert.Equal(count, values.Count);
        Assert.Equal(Enumerable.Range(0, count), values.All.ToArray());
    }

    [Fact]
    public void Alone_and_in_groups_is_the_same()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            using var values = new Values<long>();
            List<long> expected = [];
            for (var step = 0; step < 30; step++)
            {
                long[] group = [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.NextInt64())];
                values.Add(group);
                values.Add(step);
                expected.AddRange([.. group, step]);
            }

            Assert.Equal(expected, values.All.ToArray());
        }
    }

    [Fact]
    public void What_fits_is_not_moved()
    {
        using var values = new Values<Place>();
        values.Add(new Place(0));
        ref var first = ref values.All[0];
        values.Add([.. Enumerable.Range(1, 14).Select(i => new Place(i))]);
        values.Add(new Place(15));
        Assert.True(Unsafe.AreSame(ref first, ref values.All[0]));

        values.Add(new Place(16));
        Assert.False(Unsafe.AreSame(ref first, ref values.All[0]));
        Assert.Equal(Enumerable.Range(0, 17), values.All.ToArray().Select(place => place.Number));
    }

    [Fact]
    public void A_group_that_just_fits_is_not_moved()
    {
        using var values = new Values<Place>();
        values.Add(new Place(0));
        ref var first = ref values.All[0];

        values.Add([.. Enumerable.Range(1, 15).Select(i => new Place(i))]);

        Assert.True(Unsafe.AreSame(ref first, ref values.All[0]));
    }

    [Fact]
    public void Room_is_doubled_so_that_many_are_moved_seldom()
    {
        using var values = new Values<Doubled>();
        var moves = 0;
        values.Add(default(Doubled));
        for (var i = 1; i < 4096; i++)
        {
            ref var first = ref values.All[0];
            if (i % 2 == 0) values.Add(default(Doubled));
            else values.Add([default]);
            if (!Unsafe.AreSame(ref first, ref values.All[0])) moves++;
        }

        Assert.Equal(8, moves); // 16 to 4,096
    }

    [Fact]
    public void A_group_too_large_for_twice_the_room_has_as_much_as_it_needs()
    {
        using var values = new Values<int>();
        values.Add([1, 2]);
        values.Add([.. Enumerable.Range(3, 5000)]);

        Assert.Equal(Enumerable.Range(1, 5002), values.All.ToArray());
    }

    [Fact]
    public void An_array_goes_back_when_a_larger_one_is_needed()
    {
        using var values = new Values<Grown>();
        values.Add(default(Grown));
        ref var first = ref values.All[0];
        values.Add(new Grown[16]);

        // Nobody else borrows arrays of this type; the one given back last is lent first.
        Assert.True(Unsafe.AreSame(ref first, ref ArrayPool<Grown>.Shared.Rent(16)[0]));
    }

    [Fact]
    public void An_array_goes_back_at_the_end_and_nothing_is_left()
    {
        var values = new Values<Ended>();
        values.Add(default(Ended));
        ref var first = ref values.All[0];

        values.Dispose();

        Assert.Equal(0, values.Count);
        Assert.True(Unsafe.AreSame(ref first, ref ArrayPool<Ended>.Shared.Rent(16)[0]));
        values.Dispose(); // what went back does not go back again
        Assert.False(Unsafe.AreSame(ref first, ref ArrayPool<Ended>.Shared.Rent(16)[0]));
    }

    readonly record struct Place(int Number);
    readonly record struct Doubled(int Number);
    readonly record struct Grown(int Number);
    readonly record struct Ended(int Number);
}
