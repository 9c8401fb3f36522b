using Wizart.Flow.Model;

namespace Wizart.Flow.Tests.Model;

public sealed class TypeModelTests
{
    [Theory]
    [InlineData(typeof(int), "int")]
    [InlineData(typeof(int?), "int?")]
    [InlineData(typeof(string[]), "string[]")]
    [InlineData(typeof(int[][]), "int[][]")]
    [InlineData(typeof(int[,]), "int[,]")]
    [InlineData(typeof(Dictionary<string, List<int?>>), "Dictionary<string, List<int?>>")]
    [InlineData(typeof((int, string)), "(int, string)")]
    [InlineData(typeof(DateTimeOffset), "DateTimeOffset")]
    [InlineData(typeof(TypeModelTests), "TypeModelTests")]
    public void Types_are_spelled_as_in_csharp(Type type, string name) => Assert.Equal(name, TypeModel.Of(type).ToString());
}
