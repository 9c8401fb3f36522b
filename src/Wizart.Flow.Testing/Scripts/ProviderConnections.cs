using System.Reflection;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Testing;

/// <summary>The clients of the providers that lie beside the running program: the same that scripts are compiled against.</summary>
public static class ProviderConnections
{
    private const string ProviderPattern = "Wizart.Flow.Providers.*.dll";

    /// <summary>A new set with all of them, to which more may be added.</summary>
    public static ConnectionTypes OfApplication()
    {
        var types = new ConnectionTypes();
        foreach (var path in Directory.EnumerateFiles(AppContext.BaseDirectory, ProviderPattern).Order(StringComparer.Ordinal))
            foreach (var add in AddMethods(Assembly.Load(AssemblyName.GetAssemblyName(path)))) add.Invoke(null, [types]);
        return types;
    }

    // public static ConnectionTypes AddXxx(this ConnectionTypes types)
    private static IEnumerable<MethodInfo> AddMethods(Assembly provider) =>
        from type in provider.GetExportedTypes()
        where type is { IsAbstract: true, IsSealed: true }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        where method.Name.StartsWith("Add", StringComparison.Ordinal) && method.ReturnType == typeof(ConnectionTypes)
            && method.GetParameters() is [var only] && only.ParameterType == typeof(ConnectionTypes)
        select method;
}
