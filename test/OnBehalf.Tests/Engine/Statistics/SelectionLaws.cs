using OnBehalf.Engine.Statistics;

namespace OnBehalf.Tests.Engine.Statistics;

/// <summary>The k-th smallest is found without sorting everything, whatever the input; a sort is asked what it should be.</summary>
public class SelectionLaws
{
    // Up to here everything is sorted.
    const int Sorted = 48;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(int.MaxValue)]
    public void Every_place_is_found_and_parts_the_rest(int spread)
    {
        var random = new Random(spread);
        int[] values = [.. Enumerable.Range(0, 150).Select(_ => random.Next(-spread, spread))];
        if (spread == 60) values = [.. values, int.MaxValue, int.MaxValue, int.MinValue];
        int[] sorted = [.. values.Order()];
        for (var k = 0; k < values.Length; k++)
        {
            var found = values.ToArray();

            Percentiles.Select(found, k);

            Assert.Equal(sorted[k], found[k]);
            Assert.Equal(sorted[..k], found[..k].Order());
            Assert.Equal(sorted[k..], found[k..].Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(47)]
    [InlineData(Sorted)]
    public void Few_are_sorted(int count)
    {
        int[] values = [.. Shuffled(count, seed: count)];

        Assert.Equal(count, Percentiles.Select(values, count / 2));
        Assert.Equal(Enumerable.Range(0, count), values);
    }

    [Theory]
    [InlineData(Sorted + 1)]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void Many_are_not(int count)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.InRange(Percentiles.Select(Shuffled(count, seed), count / 2), 0, Sorted);
            Assert.InRange(Percentiles.Select([.. Enumerable.Range(0, count)], seed * count / 20), 0, Sorted);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Of_equals_none_is_sorted(int value) =>
        Assert.Equal(0, Percentiles.Select([.. Enumerable.Repeat(value, 1000)], 500));

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1999)]
    public void Where_two_values_meet_the_first_and_the_last_of_each_are_found(int k)
    {
        int[] values = [.. Enumerable.Range(0, 2000).Select(i => i % 2)];

        Assert.Equal(0, Percentiles.Select(values, k));
        Assert.Equal(k / 1000, values[k]);
    }

    [Fact]
    public void An_input_made_to_be_slow_is_sorted_after_so_many_steps()
    {
        const int Count = 4000; // 11 doublings and a bit
        var slow = MadeToBeSlow(Count);
        Assert.Equal(Enumerable.Range(0, Count), slow.Order());
        int[] values = [.. slow];

        // Four steps for each doubling and eight more; each gets rid of two values only.
        Assert.Equal(Count - 2 * (4 * 11 + 8), Percentiles.Select(values, Count - 1));
        Assert.Equal(Enumerable.Range(0, Count), values);
    }

    [Fact]
    public void The_middle_of_three_divides_best_wherever_it_stands()
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (var order in orders)
        {
            // The first, the middle and the last are 0, 50 and 99 in some order; only 50 halves the rest.
            int[] ends = [0, 50, 99];
            int[] rest = [.. Enumerable.Range(0, 100).Except(ends)];
            int[] values = [ends[order[0]], .. rest[..49], ends[order[1]], .. rest[49..], ends[order[2]]];

            // 50 below, of which one is looked for: too many to sort, so they are divided once more.
            Assert.Equal(0, Percentiles.Select(values.ToArray(), 50));
            Assert.InRange(Percentiles.Select(values, 99), 1, Sorted);
        }
    }

    static int[] Shuffled(int count, int seed)
    {
        int[] values = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(values);
        return values;
    }

    /// <summary>
    /// The two smallest stand where the first and the middle are looked at, in every step until the budget of any is
    /// used up: "A Killer Adversary for Quicksort" (McIlroy 1999) for this way to divide.
    /// </summary>
    static int[] MadeToBeSlow(int count)
    {
        var values = new int[count];
        int[] places = [.. Enumerable.Range(0, count)];
        var next = 0;
        while (places.Length > 2)
        {
            var (first, middle) = (places[0], places[places.Length / 2]);
            (values[first], values[middle]) = (next++, next++);
            places = Moved(Moved(places, place => place == first)[1..], place => place == middle)[1..];
        }
        foreach (var place in places) values[place] = next++;
        return values;
    }

    /// <summary>Where those that are less go first, and what stood there goes where they were.</summary>
    static int[] Moved(int[] places, Func<int, bool> isLess)
    {
        var (moved, less) = (places.ToArray(), 0);
        for (var i = 0; i < moved.Length; i++)
        {
            (moved[i], moved[less]) = (moved[less], moved[i]);
            if (isLess(moved[less])) less++;
        }
        return moved;
    }
}
