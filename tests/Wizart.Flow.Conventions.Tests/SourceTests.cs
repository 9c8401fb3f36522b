using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wizart.Flow.Conventions.Tests;

public partial class SourceTests
{
    [Fact]
    public void Nothing_is_left_for_later() => Assert.Empty(Find(Repository.Sources, Unfinished()));

    [Fact]
    public void No_exception_is_swallowed_without_a_word()
    {
        // Browser libraries are as their authors published them.
        var swallowing = Repository.Sources.Where(f => !f.Contains("/Vendor/", StringComparison.Ordinal) && EmptyCatch().IsMatch(Repository.Read(f)));
        Assert.Empty(swallowing);
    }

    [Fact]
    public void The_banned_symbols_are_wired_into_every_project_and_nowhere_switched_off()
    {
        var props = XDocument.Parse(Repository.Read("Directory.Build.props"));
        Assert.Contains(props.Descendants("AdditionalFiles"), e => ((string)e.Attribute("Include")!).EndsWith("src/BannedSymbols.txt", StringComparison.Ordinal));
        Assert.Contains(props.Descendants("PackageReference"), e => (string)e.Attribute("Include")! == "Microsoft.CodeAnalysis.BannedApiAnalyzers");

        var banned = Repository.Read("src/BannedSymbols.txt");
        string[] clocks = ["P:System.DateTime.Now;", "P:System.DateTime.UtcNow;", "P:System.DateTimeOffset.UtcNow;", "M:System.Threading.Thread.Sleep(", "M:System.Threading.Tasks.Task.Delay("];
        Assert.All(clocks, clock => Assert.Contains(clock, banned, StringComparison.Ordinal));

        var rule = "RS" + "0030";
        var off = Repository.TextFiles
            .Where(f => f.StartsWith("src/", StringComparison.Ordinal) || f is ".editorconfig" or "Directory.Build.props")
            .Where(f => Repository.Read(f).Contains(rule, StringComparison.Ordinal));
        Assert.Empty(off);
    }

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on()
    {
        // Container images and CI may well stand directly under the root; one name is no telling path.
        var here = Repository.Root.Count(c => c == '/') > 1 ? Repository.Root : null;
        var wrong = Find(Repository.TextFiles, HomeFolder())
            .Concat(here is null ? [] : Find(Repository.TextFiles, new Regex(Regex.Escape(here) + @"\b")));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_file_names_a_place_to_get_packages_from()
    {
        var wrong = Find(Repository.TextFiles, Registry()).Concat(Find(
            Repository.TextFiles.Where(f => Path.GetExtension(f) is ".csproj" or ".props" or ".targets" or ".config" || f.StartsWith(".ci/", StringComparison.Ordinal)),
            ForeignHost()));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Flow_codes_are_unique_and_explained()
    {
        var lines = Repository.Read("src/Wizart.Flow/Model/FlowCodes.cs").Split('\n');
        var codes = lines.Select((line, i) => (Code: Code().Match(line).Groups[1].Value, Line: i)).Where(c => c.Code.Length > 0).ToArray();
        Assert.NotEmpty(codes);
        Assert.Empty(codes.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(codes, c => Assert.Matches("^FLOW[0-9]{3}$", c.Code));
        Assert.All(codes, c => Assert.Contains("///", lines[c.Line - 1], StringComparison.Ordinal));
    }

    [Fact]
    public void Every_state_says_how_one_enters_and_leaves_it()
    {
        var undocumented = new List<string>();
        foreach (var file in Repository.Sources.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)))
            foreach (Match states in StateEnum().Matches(Repository.Read(file)))
                undocumented.AddRange(MembersWithoutWords(states.Groups[2].Value).Select(m => $"{file}: {states.Groups[1].Value}.{m}"));
        Assert.Empty(undocumented);
    }

    private static IEnumerable<string> MembersWithoutWords(string body)
    {
        var documented = false;
        foreach (var line in body.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("///", StringComparison.Ordinal)) documented = true;
            else if (Member().Match(line) is { Success: true } member)
            {
                if (!documented) yield return member.Value;
                documented = false;
            }
        }
    }

    private static IEnumerable<string> Find(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in Repository.Read(file).Split('\n').Select((text, i) => (Text: text, Number: i + 1))
        where pattern.IsMatch(line.Text)
        select $"{file}({line.Number}): {line.Text.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bcatch\b\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"(?<![\w.])/home/[a-z]|(?<![\w.:/])/roo[t]/|(?<![\w.])/Users/[a-z]|[A-Z]:\\+Users\\")]
    private static partial Regex HomeFolder();

    [GeneratedRegex(@"https?://[\w.-]*(registry|artifactory|nexus|mirror|nuget\.org)[\w.-]*")]
    private static partial Regex Registry();

    [GeneratedRegex(@"https?://(?!(schemas\.microsoft\.com|localhost|127\.0\.0\.1|\[::1\]))")]
    private static partial Regex ForeignHost();

    [GeneratedRegex(@"const string \w+ = ""([^""]*)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"\benum\s+(\w*State)\b[^{]*\{([^}]*)\}")]
    private static partial Regex StateEnum();

    [GeneratedRegex(@"^[A-Z]\w*")]
    private static partial Regex Member();
}
