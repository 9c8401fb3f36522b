namespace Wizart.Flow.Conventions.Tests;

public class LayoutTests
{
    private static readonly string[] Visible = ["src", "tests", "pipelines", "Wizart.Flow.sln", "Directory.Build.props", "README.md"];
    private static readonly string[] Hidden = [".ci", ".editorconfig", ".gitignore", ".gitattributes", ".config", ".dockerignore", ".github"];

    [Fact]
    public void The_top_level_holds_only_what_the_design_names()
    {
        var entries = Repository.Files.Select(f => f.Split('/')[0]).Distinct();
        Assert.Empty(entries.Except(Visible).Except(Hidden));
    }

    [Fact]
    public void Folders_are_named_by_concept_not_by_kind()
    {
        string[] kinds = ["Helpers", "Helper", "Utils", "Utilities", "Common", "Managers", "Models", "Misc"];
        var wrong = Repository.Files
            .Where(f => f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(f => f.Split('/')[..^1])
            .Distinct()
            .Where(folder => kinds.Contains(folder, StringComparer.OrdinalIgnoreCase));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Files_can_be_read_in_one_go()
    {
        var tooLong = Repository.Sources
            .Where(f => !f.Contains("/wwwroot/lib/", StringComparison.Ordinal))
            .Select(f => (File: f, Lines: File.ReadLines(Path.Combine(Repository.Root, f)).Count()))
            .Where(f => f.Lines > 400)
            .Select(f => $"{f.File} has {f.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Build_output_and_state_are_not_kept()
    {
        var wrong = Repository.Files.Where(f => f.Split('/')[..^1].Any(part => part is "bin" or "obj" or ".artifacts" or ".flow")
            || Path.GetExtension(f) is ".db" or ".dll" or ".pdb" or ".log");
        Assert.Empty(wrong);
    }
}
