using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Stories;

/// <summary>
/// Every <c>.story</c> beside this file is a test. With STORIES_UPDATE=1 the lower half is written anew: read the
/// difference before you commit it.
/// </summary>
public sealed class StoryTests
{
    static readonly string Folder = Path.Combine(RealData.Repository, "test", "OnBehalf.Tests", "Engine", "Stories");

    public static TheoryData<string> All() =>
        [.. Directory.GetFiles(Folder, "*.story").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory]
    [MemberData(nameof(All))]
    public void The_story_ends_as_told(string story)
    {
        var path = Path.Combine(Folder, story + ".story");
        var halves = File.ReadAllText(path).Split("\n=>\n");
        var told = Story.Render(halves[0]);
        if (Environment.GetEnvironmentVariable("STORIES_UPDATE") == "1")
            File.WriteAllText(path, $"{halves[0].TrimEnd()}\n\n=>\n{told}\n");
        else
            Assert.Equal(halves.ElementAtOrDefault(1)?.TrimEnd(), told);
    }

    [Fact]
    public void There_are_stories() => Assert.NotEmpty(All());
}
