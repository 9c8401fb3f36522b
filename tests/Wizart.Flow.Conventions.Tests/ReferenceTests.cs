using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wizart.Flow.Conventions.Tests;

public partial class ReferenceTests
{
    private static readonly Dictionary<string, Project> Projects = Repository.ProjectFiles
        .Where(f => f.StartsWith("src/", StringComparison.Ordinal))
        .Select(Project.Read)
        .ToDictionary(p => p.Name);

    public static TheoryData<string> Names => [.. Projects.Keys.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_uses_only_what_stands_under_it(string name)
    {
        var room = Rooms.Of(name);
        Assert.True(Rooms.MayUse.ContainsKey(room), $"{name} is not in the design's table of projects.");
        foreach (var used in Projects[name].References)
            Assert.True(Rooms.MayUseOf(name).Intersect([used, Rooms.Of(used)]).Any(), $"{name} may not use {used}. It may use: {string.Join(", ", Rooms.MayUseOf(name))}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_names_no_namespace_above_it(string name)
    {
        var allowed = Rooms.MayUse[Rooms.Of(name)].Append(Rooms.Of(name)).ToHashSet();
        var project = Projects[name];
        var wrong = Repository.Sources
            .Where(f => f.StartsWith(project.Folder + "/", StringComparison.Ordinal))
            .SelectMany(f => RoomName().Matches(CodeOf(f)).Select(m => (File: f, m.Value)))
            .Where(m => !allowed.Contains(Rooms.Of(m.Value.EndsWith(".Providers", StringComparison.Ordinal) ? m.Value + "." : m.Value)))
            .Select(m => $"{m.File} names {m.Value}")
            .Distinct();
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_worker_cannot_reach_the_metadata_database_even_indirectly()
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(["Wizart.Flow.Worker"]);
        while (next.TryPop(out var name))
            if (reached.Add(name))
                foreach (var used in Projects[name].References) next.Push(used);
        Assert.DoesNotContain("Wizart.Flow.Storage", reached);
        Assert.DoesNotContain("Wizart.Flow.Engine", reached);
        Assert.DoesNotContain("Wizart.Flow.Scripting", reached);
        Assert.Contains("Wizart.Flow.Runtime", reached);
    }

    [Fact]
    public void The_language_needs_no_package() => Assert.Empty(Projects[Rooms.Language].Packages);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_lives_where_its_duty_is(string name)
    {
        foreach (var package in Projects[name].Packages)
        {
            var home = Rooms.PackageHomes.Where(h => package == h.Key || package.StartsWith(h.Key + ".", StringComparison.Ordinal)).ToArray();
            Assert.True(home.Length == 0 || home.Any(h => h.Value.Contains(name)), $"{name} may not use the package {package}.");
        }
    }

    [Fact]
    public void Versions_are_managed_in_one_place()
    {
        var own = Repository.ProjectFiles.Where(f => VersionAttribute().IsMatch(Repository.Read(f)));
        Assert.Empty(own);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Wizart.Flow.sln").Replace('\\', '/');
        var missing = Repository.ProjectFiles.Where(f => !solution.Contains($"\"{f}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void Tests_mirror_the_source()
    {
        var tests = Repository.ProjectFiles.Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n.EndsWith(".Tests", StringComparison.Ordinal));
        // Two look at all of it: at how it is laid out, and at what a person sees of it.
        var strays = tests.Where(t => t is not ("Wizart.Flow.Conventions.Tests" or "Wizart.Flow.Browser.Tests") && !Projects.ContainsKey(t[..^".Tests".Length]));
        Assert.Empty(strays);
    }

    /// <summary>A comment or a text may speak of any room; code may not.</summary>
    private static string CodeOf(string file) => CommentOrText().Replace(Repository.Read(file), "");

    [GeneratedRegex(@"\bWizart\.Flow\.(Generator|Providers\.\w+|Providers|Runtime|Scripting|Engine|Scheduling|Storage|Web|Worker|Testing|Host)\b")]
    private static partial Regex RoomName();

    [GeneratedRegex("""
        ^\s*//.*$|"(\\.|[^"\\\n])*"
        """, RegexOptions.Multiline)]
    private static partial Regex CommentOrText();

    [GeneratedRegex("""<PackageReference[^>]*\sVersion=""")]
    private static partial Regex VersionAttribute();

    private sealed record Project(string Name, string Folder, string[] References, string[] Packages)
    {
        public static Project Read(string file)
        {
            var items = XDocument.Parse(Repository.Read(file)).Descendants().ToArray();
            return new Project(
                Path.GetFileNameWithoutExtension(file),
                Path.GetDirectoryName(file)!.Replace('\\', '/'),
                [.. Includes("ProjectReference").Select(i => Path.GetFileNameWithoutExtension(i.Replace('\\', '/')))],
                [.. Includes("PackageReference")]);

            IEnumerable<string> Includes(string kind) => items.Where(e => e.Name.LocalName == kind).Select(e => (string)e.Attribute("Include")!);
        }
    }
}
