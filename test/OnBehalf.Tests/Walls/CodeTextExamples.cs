namespace OnBehalf.Tests.Walls;

/// <summary>The reader of C# that the walls stand on: what it takes for code, and what for a body.</summary>
public class CodeTextExamples
{
    [Theory]
    [InlineData("a; // b\nc", "a; \nc")]
    [InlineData("a /* b\nc */ d", "a \n d")]
    [InlineData("a \"b // c\" d", "a d")]
    [InlineData("a \"b \\\" c\" d", "a d")]
    [InlineData("a '\"' b '\\'' c", "a b c")]
    [InlineData("a @\"b \"\" \\\" c", "a c")]
    [InlineData("a $\"b {c(\"}\")} d\" e", "a e")]
    [InlineData("a $\"{{b}\" c", "a c")]
    [InlineData("a $@\"b {c} \"\" d\" e", "a e")]
    [InlineData("a \"\"\"b \" \"\" c\"\"\" d", "a d")]
    [InlineData("a \"\" b", "a b")]
    [InlineData("@class $ b", "@class $ b")]
    public void Comments_and_texts_are_painted_over(string code, string bare)
    {
        var painted = CodeText.Bare(code);

        Assert.Equal(code.Length, painted.Length);
        Assert.Equal(bare, string.Join(' ', painted.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Texts_stay_where_only_comments_are_painted_over() =>
        Assert.Equal("a \"b // c\"     ", CodeText.WithoutComments("a \"b // c\" // d"));

    [Fact]
    public void Bodies_are_those_of_members_whatever_is_in_them()
    {
        const string code = """
            namespace A
            {
                [Some("{")]
                public sealed record B<T>(int X) : C where T : class
                {
                    readonly int[] _table = [1, 2];
                    static readonly D Field = new() { E = 1, F = { 2 } };
                    public int Property { get; set; } = 3;
                    public int Computed => X switch
                    {
                        1 => 2,
                        _ => 3,
                    };
                    public B() : base(new { G = 1 })
                    {
                        if (X > 1) { }
                    }
                    public static bool operator ==(B a, B b)
                    {
                        return true;
                    }
                    void Method<U>(AuditRecord record, int x = 1) where U : struct
                    {
                        void Local()
                        {
                        }
                        Local();
                    }
                    enum Inner { One }
                }
            }
            """;

        Assert.Equal("Property 1, Computed 2, B 1, == 1, Method 4",
            string.Join(", ", MemberBody.In(code).Select(body => $"{body.Name} {body.Lines}")));
    }
}
