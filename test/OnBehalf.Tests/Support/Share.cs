namespace OnBehalf.Tests.Support;

/// <summary>
/// The share of a law's seeds that is run. Mutation testing runs the laws some thousand times over and takes a tenth of
/// them; every other run takes them all.
/// </summary>
static class Share
{
#if ENGINE_ONLY
    public const int Divisor = 10;
#else
    public const int Divisor = 1;
#endif
}
