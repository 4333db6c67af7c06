using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnBehalf.Tests.Walls;

/// <summary>What a compiled assembly declares, and what it uses of others.</summary>
static class AssemblyTypes
{
    public static Assembly Engine { get; } = typeof(OnBehalf.Engine.Facts.MessageFact).Assembly;
    public static Assembly Sources { get; } = typeof(OnBehalf.Sources.IMailSource).Assembly;
    public static Assembly Store { get; } = Assembly.Load("OnBehalf.Store");
    public static Assembly Simulator { get; } = Assembly.Load("OnBehalf.Simulator");
    public static Assembly Product { get; } = Assembly.Load("onbehalf");

    /// <summary>The four that are shipped; the simulator is a tool.</summary>
    public static IReadOnlyList<Assembly> Shipped { get; } = [Engine, Sources, Store, Product];

    /// <summary>These tests: the example for what no assembly of the product may do.</summary>
    public static Assembly Tests { get; } = typeof(AssemblyTypes).Assembly;

    /// <summary>The types that people wrote: not those of the compiler and its generators.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes().Where(type =>
        !type.FullName!.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.Namespace?.StartsWith("OnBehalf", StringComparison.Ordinal) == true);

    /// <summary>Full names of the types of other assemblies that occur anywhere in code or signatures.</summary>
    public static IEnumerable<string> UsedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var reader = file.GetMetadataReader();
        return [.. reader.TypeReferences.Select(reader.GetTypeReference)
            .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}").Distinct().Order()];
    }

    /// <summary>Names of the referenced assemblies that are not of the framework.</summary>
    public static IEnumerable<string> ReferencesOf(Assembly assembly)
    {
        var framework = RuntimeEnvironment.GetRuntimeDirectory();
        var web = Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!;
        return assembly.GetReferencedAssemblies().Select(name => name.Name!).Order(StringComparer.Ordinal).Where(name =>
            !File.Exists(Path.Combine(framework, name + ".dll")) && !File.Exists(Path.Combine(web, name + ".dll")));
    }

    /// <summary>Every type that a signature of the type's own members names, with the member's name.</summary>
    public static IEnumerable<(string Member, Type Type)> Signatures(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
            | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var parent in new[] { type.BaseType }.Concat(type.GetInterfaces()))
            foreach (var part in PartsOf(parent)) yield return ("its base", part);
        foreach (var member in type.GetMembers(Own))
        {
            IEnumerable<Type> named = member switch
            {
                MethodInfo method => [method.ReturnType, .. ParametersOf(method), .. ConstraintsOf(method)],
                ConstructorInfo constructor => ParametersOf(constructor),
                PropertyInfo property => [property.PropertyType],
                FieldInfo field => [field.FieldType],
                EventInfo { EventHandlerType: { } handler } => [handler],
                _ => [],
            };
            foreach (var part in named.SelectMany(PartsOf)) yield return (member.Name, part);
        }
    }

    static IEnumerable<Type> ParametersOf(MethodBase method) => method.GetParameters().Select(p => p.ParameterType);

    static IEnumerable<Type> ConstraintsOf(MethodInfo method) =>
        method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints());

    // The type itself and whatever it is made of: elements of arrays, arguments of generics.
    static IEnumerable<Type> PartsOf(Type? type)
    {
        if (type is null) return [];
        if (type.HasElementType) return PartsOf(type.GetElementType());
        if (!type.IsGenericType) return [type];
        return [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(PartsOf)];
    }
}
