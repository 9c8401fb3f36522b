using Wizart.Flow.Providers.Python.Locusts;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

public class CsvReaderTests
{
    [Fact]
    public void Rows_count_when_they_are_complete()
    {
        var reader = new CsvReader();
        Assert.Empty(reader.Add("a,b\r\n1,"));
        Assert.Empty(reader.Add("\"x, \"\"y\"\"\nz"));
        var row = Assert.Single(reader.Add("\"\r\n2,"));
        Assert.Equal(("1", "x, \"y\"\nz"), (row.Text("a"), row.Text("b")));
        Assert.Equal("2", Assert.Single(reader.End()).Text("a"));
    }

    [Fact]
    public void What_locust_has_no_number_for_is_zero_and_what_is_no_number_is_an_error()
    {
        var row = Assert.Single(CsvRow.Read("a,b,c,d,e\nN/A,,nan,1.5,x\n"));
        Assert.Equal([0, 0, 0, 1.5, 0], ((string[])["a", "b", "c", "d", "missing"]).Select(row.Number));
        Assert.Contains("'x' as its 'e'", Assert.Throws<FormatException>(() => row.Number("e")).Message, StringComparison.Ordinal);
    }
}
