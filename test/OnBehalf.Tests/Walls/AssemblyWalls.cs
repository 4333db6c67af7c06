using System.Reflection;
using System.Xml.Linq;
using OnBehalf.Engine;

namespace OnBehalf.Tests.Walls;

/// <summary>The rules of the house that can be read off what was compiled. Each is seen to fail first.</summary>
public class AssemblyWalls
{
    [Theory]
    [InlineData("OnBehalf.Engine", "NodaTime")]
    [InlineData("OnBehalf.Sources",
        "Azure.Core, Azure.Identity, Microsoft.Graph.Core, Microsoft.Kiota.Http.HttpClientLibrary, NodaTime, OnBehalf.Engine")]
    [InlineData("OnBehalf.Store", "NodaTime, OnBehalf.Engine, SQLitePCLRaw.batteries_v2, SQLitePCLRaw.core")]
    [InlineData("OnBehalf.Simulator", "NodaTime")]
    public void Each_assembly_refers_only_to_what_it_may_know(string name, string known)
    {
        var allowed = known.Split(", ");
        var strangers = Strangers(AssemblyTypes.Tests, allowed).Select(breach => breach.Subject).ToList();
        Assert.Contains("OnBehalf.Tests xunit.v3.assert", strangers);
        Assert.Equal(!allowed.Contains("OnBehalf.Engine"), strangers.Contains("OnBehalf.Tests OnBehalf.Engine"));

        Excused.Hold("References", Strangers(Assembly.Load(name), allowed));
    }

    [Fact]
    public void The_engine_reads_no_file_no_network_and_no_clock_and_waits_for_nothing()
    {
        var example = Outward(AssemblyTypes.Tests).Select(breach => breach.Subject).ToList();
        Assert.Contains("OnBehalf.Tests System.IO.File", example);
        Assert.Contains("OnBehalf.Tests System.Threading.Tasks.Parallel", example);
        Assert.Contains("OnBehalf.Tests System.DateTime", example);

        Excused.Hold("Engine without a world", Outward(AssemblyTypes.Engine));
    }

    [Fact]
    public void No_signature_of_the_engine_has_a_time_or_a_task_of_the_framework()
    {
        Assert.Equal("At, Deadline, Wait", string.Join(", ", ForeignSignatures([typeof(Late)])
            .Select(breach => breach.Subject.Split('.')[^1]).Where(member => member is "At" or "Wait" or "Deadline")
            .Order()));

        Excused.Hold("Signatures of the engine", ForeignSignatures(AssemblyTypes.Engine.GetTypes()));
    }

    [Fact]
    public void There_are_no_seams_but_the_two_sources_and_the_dialect()
    {
        Assert.Equal("ISeam, Open", Subjects(Seams([typeof(ISeam), typeof(Open), typeof(Closed), typeof(Late)])));

        Excused.Hold("Seams", Seams(AssemblyTypes.Shipped.SelectMany(AssemblyTypes.Written)));
    }

    [Fact]
    public void No_name_says_nothing_and_no_refused_word_is_a_type()
    {
        Assert.Equal("MailHelper, ScheduleUtils, Tickets, Email", Subjects(EmptyNames(
            [("MailHelper", "A"), ("ScheduleUtils", "A"), ("Tickets", "A"), ("Email", "A"), ("User", "A.Graph"),
                ("MessageFact", "A"), ("EmailAddress", "A.Graph"), ("Serviced", "A")])));

        Excused.Hold("Names", EmptyNames(AssemblyTypes.Shipped.Append(AssemblyTypes.Simulator).Append(AssemblyTypes.Tests)
            .SelectMany(AssemblyTypes.Written).Select(type => (type.Name.Split('`')[0], type.Namespace!))));
    }

    [Fact]
    public void Every_public_type_of_engine_sources_and_store_has_a_summary()
    {
        var documents = XDocument.Parse("""
            <doc><members>
              <member name="T:OnBehalf.Engine.Mistake"><summary> Something. </summary></member>
              <member name="T:System.String"><summary>   </summary></member>
            </members></doc>
            """);
        Assert.Equal("System.String, System.Int32", Subjects(
            Undocumented([typeof(Mistake), typeof(string), typeof(int)], documents)));

        foreach (var assembly in new[] { AssemblyTypes.Engine, AssemblyTypes.Sources, AssemblyTypes.Store })
            Excused.Hold($"Summaries of {assembly.GetName().Name}", Undocumented(
                assembly.GetExportedTypes(), XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))));
    }

    static IEnumerable<Breach> Strangers(Assembly assembly, string[] allowed) =>
        AssemblyTypes.ReferencesOf(assembly).Except(allowed)
            .Select(name => new Breach($"{assembly.GetName().Name} {name}", "must not be known here"));

    // Exceptions of System.IO are words for damaged bytes; they read nothing.
    static IEnumerable<Breach> Outward(Assembly assembly) =>
        from used in AssemblyTypes.UsedBy(assembly)
        where OutwardSpaces.Any(space => used.StartsWith(space + ".", StringComparison.Ordinal)) || OutwardTypes.Contains(used)
        where !used.EndsWith("Exception", StringComparison.Ordinal)
        select new Breach($"{assembly.GetName().Name} {used}", "the engine is told what it needs");

    static readonly string[] OutwardSpaces =
        ["System.IO", "System.Net", "System.Threading.Tasks", "Microsoft.Extensions.Logging", "Microsoft.AspNetCore"];

    static readonly string[] OutwardTypes =
    [
        "System.Console", "System.DateTime", "System.DateTimeOffset", "System.TimeProvider",
        "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Threading.Thread", "System.Threading.Timer",
        "NodaTime.SystemClock",
    ];

    static IEnumerable<Breach> ForeignSignatures(IEnumerable<Type> types) =>
        from type in types
        from named in AssemblyTypes.Signatures(type).Distinct()
        where Foreign.Contains(named.Type)
        select new Breach($"{type.FullName}.{named.Member}", $"names {named.Type.Name}");

    static readonly HashSet<Type> Foreign =
    [
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(TimeZoneInfo),
        typeof(TimeProvider), typeof(Task), typeof(Task<>), typeof(ValueTask), typeof(ValueTask<>), typeof(CancellationToken),
        typeof(IAsyncEnumerable<>), typeof(IAsyncEnumerator<>), typeof(IAsyncDisposable),
    ];

    // A class that can only be derived from inside itself is a closed choice of values, not a seam.
    static IEnumerable<Breach> Seams(IEnumerable<Type> types) =>
        from type in types
        where type.IsInterface || (type is { IsAbstract: true, IsSealed: false } && CanBeDerived(type))
        where type.Name is not ("IMailSource" or "IAuditSource" or "Dialect")
        select new Breach(type.Name, "one more seam");

    static bool CanBeDerived(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(made => !made.IsPrivate && !(made.GetParameters() is [var only] && only.ParameterType == type));

    static readonly string[] EmptyEndings =
        ["Helper", "Helpers", "Util", "Utils", "Utility", "Manager", "Common", "Misc", "Processor", "Service", "Services"];

    static readonly string[] RefusedWords =
        ["Ticket", "Email", "User", "Resolved", "Event", "Data", "Info", "Item", "Entity", "Model", "Service", "Processor"];

    // Graph's own words are quoted where Graph is spoken.
    static IEnumerable<Breach> EmptyNames(IEnumerable<(string Name, string Space)> types) =>
        from type in types
        let quotesGraph = type.Space.EndsWith(".Graph", StringComparison.Ordinal)
        where EmptyEndings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal))
            || (!quotesGraph && RefusedWords.Any(word => type.Name == word || type.Name == word + "s"))
        select new Breach(type.Name, "a name that says nothing, or a refused word");

    static IEnumerable<Breach> Undocumented(IEnumerable<Type> types, XDocument documents)
    {
        var told = documents.Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value).ToHashSet();
        return types.Select(type => type.FullName!.Replace('+', '.'))
            .Where(name => !told.Contains("T:" + name)).Select(name => new Breach(name, "has no summary"));
    }

    static string Subjects(IEnumerable<Breach> breaches) => string.Join(", ", breaches.Select(breach => breach.Subject));

    // What must be found out.
    sealed record Late(Dictionary<string, DateTime?[]> At)
    {
        TimeSpan Deadline { get; } = TimeSpan.FromHours(1);
        static Task<int> Wait() => Task.FromResult(1);
        public override string ToString() => $"{Deadline} {Wait().Result}";
    }

    interface ISeam;

    abstract class Open;

    abstract record Closed
    {
        Closed() { }
        internal sealed record One : Closed;
    }
}
