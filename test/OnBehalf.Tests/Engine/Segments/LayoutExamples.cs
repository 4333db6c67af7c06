using OnBehalf.Engine.Segments;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>How columns lie in a segment; what is stored stays readable only while this stays so.</summary>
public class LayoutExamples
{
    [Fact]
    public void Columns_with_few_values_are_kept_as_lists() => Assert.Equal(
        [
            Column.Marks, Column.Kind, Column.Evidence, Column.Reason, Column.Agent, Column.Requester, Column.Category,
            Column.ResponseTarget, Column.WaitTarget, Column.WaitPolicy, Column.CycleHas,
        ],
        Enum.GetValues<Column>().Where(column => Layout.Specs[(int)column].HasFewValues));

    [Fact]
    public void Columns_that_differ_from_another_by_little_come_after_it()
    {
        Assert.Equal(Enum.GetValues<Column>().Length, Layout.Specs.Length);
        foreach (var column in Enum.GetValues<Column>())
            foreach (var other in new[] { Layout.Specs[(int)column].Base, Layout.Specs[(int)column].Gate }.OfType<Column>())
            {
                Assert.True(other < column);
                Assert.Contains(Layout.Specs[(int)other].Group, new[] { Group.Messages, Layout.Specs[(int)column].Group });
            }
    }

    [Fact]
    public void Texts_are_numbered_by_the_writer() => Assert.Equal(
        "The writer numbers texts.",
        Assert.Throws<InvalidOperationException>(() => Layout.Specs[(int)Column.Category].Read(null!)).Message);

    [Fact]
    public void Every_group_has_a_mark_of_its_own()
    {
        int[] marks = [.. Enum.GetValues<Group>().Select(Layout.MarkOf)];

        Assert.Equal([0, 1 << 24, 2, 1, 8, 1 << 25, 1 << 26], marks);
        Assert.Equal(Layout.Groups, marks.Length);
        Assert.Equal((1 << 24) - 1, Layout.FindingMarks);
    }
}
