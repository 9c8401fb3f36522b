using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

public static partial class Script
{
    /// <summary>A limit shared by tasks of all DAGs and all scripts that name it.</summary>
    /// <param name="name">Unique in the installation: letters, digits, <c>_ - .</c></param>
    /// <param name="slots">How many slots there are; one or more.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Pool Pool(string name, int slots, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptScope.Current.AddPool(new Pool(name ?? "", slots, new SourceLocation(file, line)));
}
