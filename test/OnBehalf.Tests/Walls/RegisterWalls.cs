using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Walls;

/// <summary>Lists that must agree with each other: projects, packages, statements, metrics. Each is seen to fail first.</summary>
public partial class RegisterWalls
{
    static readonly string[] ShippedProjects = ["OnBehalf.Engine", "OnBehalf.Sources", "OnBehalf.Store", "OnBehalf"];
    const int PackageLimit = 15;

    [Fact]
    public void Each_project_knows_only_whom_it_may_know()
    {
        Assert.Equal("OnBehalf.Store knows OnBehalf.Sources, OnBehalf.Simulator knows OnBehalf.Engine, Sixth", Subjects(Acquaintances(
        [
            Project("src/OnBehalf.Store/OnBehalf.Store.csproj", "OnBehalf.Engine", "OnBehalf.Sources"),
            Project("src/OnBehalf.Simulator/OnBehalf.Simulator.csproj", "OnBehalf.Engine"),
            Project("src/OnBehalf/OnBehalf.csproj", "OnBehalf.Simulator", "OnBehalf.Store"),
            Project("src/Sixth/Sixth.csproj"),
        ])));

        Excused.Hold("Projects", Acquaintances(Projects));
    }

    [Fact]
    public void The_engine_needs_one_package_and_the_product_fewer_than_15()
    {
        string[] many = [.. Enumerable.Range(1, PackageLimit).Select(number => $"Package{number}")];
        Assert.Equal("OnBehalf.Engine Package1, product", Subjects(TooManyPackages(
        [
            Project("src/OnBehalf.Engine/OnBehalf.Engine.csproj", packages: ["NodaTime", "Package1"]),
            Project("src/OnBehalf/OnBehalf.csproj", packages: many),
            Project("test/OnBehalf.Tests/OnBehalf.Tests.csproj", packages: ["Anything"]),
        ])));

        Excused.Hold("Packages", TooManyPackages(Projects));
    }

    [Fact]
    public void Every_statement_is_used_once_and_by_the_type_it_is_named_after()
    {
        SourceFile[] code =
        [
            new("src/OnBehalf.Store/FactStore.cs", "class FactStore { x(\"FactStore.Used.sql\"); } // \"FactStore.Told.sql\""),
            new("src/OnBehalf.Store/Other.cs", "class Other { x(\"0001_facts.sql\"); x(\"FactStore.Twice.sql\"); x(\"Other.Lost.sql\"); }"),
            new("src/OnBehalf.Store/FactStore.More.cs", "partial class FactStore { x(\"FactStore.Twice.sql\"); }"),
        ];
        string[] statements =
        [
            "Queries/FactStore.Used.sql", "Queries/FactStore.Told.sql", "Queries/FactStore.Twice.sql",
            "Queries/nameless.sql", "Migrations/0001_facts.sql",
        ];
        Assert.Equal("FactStore.Told.sql, FactStore.Twice.sql, nameless.sql, Other.Lost.sql", Subjects(LooseStatements(
            [.. code, .. statements.Select(path => new SourceFile($"src/OnBehalf.Store/{path}", "select 1"))])));

        Excused.Hold("Statements", LooseStatements(SourceFile.All));
    }

    [Fact]
    public void Every_metric_is_described()
    {
        Assert.Equal("wait_seconds_p90", Subjects(Undescribed(
            ["sent", "wait_seconds_p90"], "| `sent` | messages |\nwait_seconds_p90 is not in code marks")));

        var registered = RegisteredMetrics(AssemblyTypes.Engine.GetTypes());
        Assert.NotEmpty(registered);
        Excused.Hold("Metrics", Undescribed(
            registered, File.ReadAllText(Path.Combine(RealData.Repository, "docs", "metrics.md"))));
    }

    [Fact]
    public void The_registry_of_metrics_is_found_by_its_shape() =>
        Assert.Equal(["sent", "received"], RegisteredMetrics([typeof(ExampleRegistry)], typeof(ExampleRegistry).Namespace!));

    static IReadOnlyList<SourceFile> Projects { get; } = [.. SourceFile.All.Where(file => file.Extension == ".csproj")];

    static IEnumerable<Breach> Acquaintances(IEnumerable<SourceFile> projects)
    {
        foreach (var project in projects.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)))
        {
            var name = NameOf(project.Path);
            string[]? known = name switch
            {
                "OnBehalf.Engine" or "OnBehalf.Simulator" => [],
                "OnBehalf.Sources" or "OnBehalf.Store" => ["OnBehalf.Engine"],
                "OnBehalf" => ["OnBehalf.Engine", "OnBehalf.Sources", "OnBehalf.Store", "OnBehalf.Simulator"],
                _ => null,
            };
            if (known is null) yield return new(name, "a sixth project");
            else foreach (var other in Included(project, "ProjectReference").Select(NameOf).Except(known))
                yield return new($"{name} knows {other}", "and must not");
        }
    }

    static IEnumerable<Breach> TooManyPackages(IReadOnlyList<SourceFile> projects)
    {
        var shipped = projects.Where(project => ShippedProjects.Contains(NameOf(project.Path))).ToList();
        foreach (var engine in shipped.Where(project => NameOf(project.Path) == "OnBehalf.Engine"))
            foreach (var package in Included(engine, "PackageReference").Where(package => package != "NodaTime"))
                yield return new($"OnBehalf.Engine {package}", "the engine has NodaTime only");
        var packages = shipped.SelectMany(project => Included(project, "PackageReference")).Distinct().Count();
        if (packages >= PackageLimit) yield return new("product", $"{packages} direct packages, fewer than {PackageLimit} allowed");
    }

    // A file Type.What.sql is asked for by exactly one line of code, which is in a file of that type. The steps of a
    // migration have numbers and are run in their order.
    static IEnumerable<Breach> LooseStatements(IReadOnlyList<SourceFile> files)
    {
        var store = files.Where(file => file.Path.StartsWith("src/OnBehalf.Store/", StringComparison.Ordinal)).ToList();
        var uses = store.Where(file => file.Extension == ".cs").SelectMany(file =>
            StatementName().Matches(CodeText.WithoutComments(file.Text)).Select(use => (Name: use.Groups[1].Value, file.Path)))
            .ToLookup(use => use.Name, use => Path.GetFileName(use.Path).Split('.')[0]);
        var written = store.Where(file => file.Extension == ".sql").ToLookup(
            file => file.Rooms.Contains("Migrations"), file => Path.GetFileName(file.Path));
        var (statements, migrations) = (written[false].ToList(), written[true]);
        foreach (var name in statements)
        {
            if (name.Split('.') is not [var type, _, "sql"]) yield return new(name, "is not named Type.What.sql");
            else if (uses[name].Count() != 1 || uses[name].Single() != type)
                yield return new(name, $"is used by [{string.Join(", ", uses[name])}], and once by {type} is right");
        }
        foreach (var name in uses.Select(use => use.Key).Except(statements).Except(migrations))
            yield return new(name, "is asked for and is not there");
    }

    static IEnumerable<Breach> Undescribed(IEnumerable<string> metrics, string document) =>
        metrics.Where(name => !document.Contains($"`{name}`", StringComparison.Ordinal))
            .Select(name => new Breach(name, "is not described in docs/metrics.md"));

    // A registry is a type of the metrics' room with a static list of things that have a Name.
    static List<string> RegisteredMetrics(IEnumerable<Type> types, string room = "OnBehalf.Engine.Metrics")
    {
        var lists = from type in types
                    where type.Namespace == room
                    from property in type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                    where typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
                    let metric = property.PropertyType.GetElementType()
                        ?? property.PropertyType.GetGenericArguments().LastOrDefault()
                    where metric?.Namespace == room && metric.GetProperty("Name")?.PropertyType == typeof(string)
                    from listed in ((IEnumerable)property.GetValue(null)!).Cast<object>()
                    select (string)metric.GetProperty("Name")!.GetValue(listed)!;
        return [.. lists.Distinct()];
    }

    static IEnumerable<string> Included(SourceFile project, string kind) =>
        XDocument.Parse(project.Text).Descendants(kind).Select(element => (string)element.Attribute("Include")!);

    static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    static SourceFile Project(string path, params string[] projects) => Project(path, [], projects);

    static SourceFile Project(string path, string[] packages, string[]? projects = null) => new(path, new XElement("Project",
        packages.Select(name => new XElement("PackageReference", new XAttribute("Include", name))),
        (projects ?? []).Select(name => new XElement("ProjectReference", new XAttribute("Include", $"../{name}/{name}.csproj"))))
        .ToString());

    static string Subjects(IEnumerable<Breach> breaches) => string.Join(", ", breaches.Select(breach => breach.Subject));

    [GeneratedRegex("\"([^\"\\s]+\\.sql)\"")]
    private static partial Regex StatementName();

    sealed record ExampleMetric(string Name);

    static class ExampleRegistry
    {
        public static IReadOnlyList<ExampleMetric> All { get; } = [new("sent"), new("received")];
    }
}
