namespace Wizart.Flow.Providers.Python.Environments;

/// <summary>The environment variables of a Python that is run by a task.</summary>
internal static class PythonVariables
{
    /// <summary>Output at once and in UTF-8; in a virtual environment what its activation would set; and then the caller's.</summary>
    public static Dictionary<string, string?> With(PythonVenv? venv, IReadOnlyDictionary<string, string?>? own = null)
    {
        var variables = new Dictionary<string, string?> { ["PYTHONUNBUFFERED"] = "1", ["PYTHONUTF8"] = "1" };
        if (venv is not null)
        {
            variables["VIRTUAL_ENV"] = venv.Folder;
            variables["PATH"] = $"{Path.GetDirectoryName(venv.Python)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
            variables["PYTHONHOME"] = null;
            variables["PYTHONNOUSERSITE"] = "1";
        }

        foreach (var (name, value) in own ?? new Dictionary<string, string?>()) variables[name] = value;
        return variables;
    }
}
