using System.Text;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Long texts are cut between two characters, and every text comes back.</summary>
public sealed class TextExamples
{
    const int Limit = 1 << 14; // bytes of a text that are kept

    [Theory]
    [InlineData("a")]
    [InlineData("ä")]
    [InlineData("€")]
    [InlineData("\U0001F600")]
    public void A_category_of_any_length_is_kept_up_to_a_whole_character(string letter)
    {
        var some = new SomeFindings(1);
        var finding = some.Likely(3).First(f => f.Wait is null && f.Response is null && f.Cycle is null);
        for (var length = 0; length < 40; length++)
        {
            var text = new string('x', length) + string.Concat(Enumerable.Repeat(letter, Limit));

            var kept = Assert.Single(Segment.Open(
                Assert.Single(SegmentWriter.Pack(some.Mailboxes[0], [finding with { Category = text }]))).Read()).Category;

            Assert.StartsWith(kept, text, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(kept),
                Limit - Encoding.UTF8.GetByteCount(letter) + 1, Limit);
            Assert.DoesNotContain('\ufffd', kept);
        }
    }

    [Fact]
    public void Every_text_comes_back_however_many_there_are()
    {
        var some = new SomeFindings(2);
        var finding = some.Likely(3).First(f => f.Wait is null && f.Response is null && f.Cycle is null);
        var findings = Enumerable.Range(0, 400)
            .Select(n => finding with { FactId = n + 1, Category = n % 5 == 0 ? "" : $"Part {n % 200}" });

        var back = SegmentWriter.Pack(some.Mailboxes[0], findings).SelectMany(packed => Segment.Open(packed).Read());

        Assert.Equal(findings.Select(f => (f.FactId, f.Category)), back.Select(f => (f.FactId, f.Category)).Order());
    }
}
