using OnBehalf.Engine;

namespace OnBehalf.Cli;

/// <summary>What the process ends with; documented in <c>onbehalf --help</c> and docs/operating/exit-codes.md.</summary>
static class ExitCode
{
    public const int Done = 0;
    public const int Internal = 1;
    public const int Usage = 2;
    public const int SomethingToDo = 9;
    public const int Cancelled = 130;

    public static int Of(Mistake mistake) => mistake.Code switch
    {
        "invalid" => Usage,
        "not_found" => 3,
        "conflict" => 4,
        "busy" => 5,
        "damaged" => 6,
        "unavailable" => 7,
        _ => Internal,
    };
}
