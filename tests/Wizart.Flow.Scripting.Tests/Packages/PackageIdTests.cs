namespace Wizart.Flow.Scripting.Tests.Packages;

public sealed class PackageIdTests
{
    [Theory]
    [InlineData("nuget: Newtonsoft.Json, 13.0.1", "Newtonsoft.Json/13.0.1")]
    [InlineData("nuget:Newtonsoft.Json,13.0.1", "Newtonsoft.Json/13.0.1")]
    [InlineData(" NuGet: A_b-c.D , 1.2.3-beta.1+build ", "A_b-c.D/1.2.3-beta.1+build")]
    public void An_exact_version_is_read(string text, string package)
    {
        Assert.True(PackageId.IsMeant(text));
        Assert.Equal(package, PackageId.Parse(text).Package!.ToString());
    }

    [Theory]
    [InlineData("nuget: Newtonsoft.Json", "has no version")]
    [InlineData("nuget: Newtonsoft.Json,", "has no version")]
    [InlineData("nuget: Newtonsoft.Json, 13.*", "not an exact version")]
    [InlineData("nuget: Newtonsoft.Json, [13.0.1, 14)", "not an exact version")]
    [InlineData("nuget: Newtonsoft.Json, latest", "not an exact version")]
    [InlineData("nuget: , 1.0.0", "not a package id")]
    [InlineData("nuget: ../evil, 1.0.0", "not a package id")]
    [InlineData("nuget: <x/>, 1.0.0", "not a package id")]
    public void Anything_else_is_refused_with_advice(string text, string words) =>
        Assert.Contains(words, PackageId.Parse(text).WhyNot!, StringComparison.Ordinal);

    [Theory]
    [InlineData("1.2", "1.2.0", true)]
    [InlineData("1.2.0.0", "1.2", true)]
    [InlineData("1.02.3", "1.2.3", true)]
    [InlineData("1.2.3-Beta", "1.2.3-beta", true)]
    [InlineData("1.2.3+a", "1.2.3", true)]
    [InlineData("1.2.3-beta", "1.2.3", false)]
    [InlineData("1.2.3", "1.2.4", false)]
    public void Versions_are_compared_by_what_they_mean(string one, string other, bool same) =>
        Assert.Equal(same, PackageId.IsSameVersion(one, other));

    [Fact]
    public void The_errors_of_a_restore_are_told_in_its_own_words_and_once()
    {
        const string output = """
              Determining projects to restore...
            /a/b c/script.csproj : error NU1101: Unable to find package Nowhere. No packages exist with this id in source(s): nuget.org [/a/b c/script.csproj]
            /a/b c/script.csproj : error NU1101: Unable to find package Nowhere. No packages exist with this id in source(s): nuget.org
              Failed to restore /a/b c/script.csproj (in 1.2 sec).
            """;

        Assert.Equal(["NU1101: Unable to find package Nowhere. No packages exist with this id in source(s): nuget.org"], RestoreCommand.ErrorsIn(output));
        Assert.Equal(["something else"], RestoreCommand.ErrorsIn("something else\n"));
    }
}
