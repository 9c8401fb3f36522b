using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Wizart.Flow.Values;

namespace Wizart.Flow.Tests.Values;

public sealed class StorableTypesTests
{
    public sealed record Order(string Country, decimal Amount);

    public sealed record Node(string Name, Node[] Children);

    public sealed class Plain
    {
        public int A { get; set; }

        [JsonIgnore]
        public Stream? Ignored { get; set; }
    }

    public sealed class Hidden
    {
        private Hidden()
        {
        }

        public static Hidden New() => new();
    }

    public sealed record WithStream(string Name, Stream Content);

    public abstract record Shape;

    [JsonDerivedType(typeof(Circle), "circle")]
    public abstract record Drawn;

    public sealed record Circle(double Radius) : Drawn;

    [Theory]
    [InlineData(typeof(int))]
    [InlineData(typeof(int?))]
    [InlineData(typeof(string))]
    [InlineData(typeof(DayOfWeek))]
    [InlineData(typeof(TimeSpan))]
    [InlineData(typeof(DateOnly))]
    [InlineData(typeof(byte[]))]
    [InlineData(typeof(Order))]
    [InlineData(typeof(Order[]))]
    [InlineData(typeof(Order[][]))]
    [InlineData(typeof(List<Order>))]
    [InlineData(typeof(IEnumerable<Order>))]
    [InlineData(typeof(IReadOnlyList<Order>))]
    [InlineData(typeof(IReadOnlyDictionary<string, Order>))]
    [InlineData(typeof(Dictionary<int, Order>))]
    [InlineData(typeof(Dictionary<DateOnly, Order>))]
    [InlineData(typeof(HashSet<string>))]
    [InlineData(typeof(SortedDictionary<string, int>))]
    [InlineData(typeof(ImmutableArray<int>))]
    [InlineData(typeof(ImmutableDictionary<string, int>))]
    [InlineData(typeof(Queue<int>))]
    [InlineData(typeof(ConcurrentDictionary<string, int>))]
    [InlineData(typeof(Collection<int>))]
    [InlineData(typeof((int, string)))]
    [InlineData(typeof(KeyValuePair<string, int>))]
    [InlineData(typeof(Node))]
    [InlineData(typeof(Plain))]
    [InlineData(typeof(Drawn))]
    [InlineData(typeof(Artifact))]
    [InlineData(typeof(JsonElement))]
    [InlineData(typeof(JsonObject))]
    [InlineData(typeof(DataInterval))]
    [InlineData(typeof(object))]
    public void Types_that_JSON_writes_and_reads_are_storable(Type type) => Assert.Null(StorableTypes.WhyNot(type));

    [Theory]
    [InlineData(typeof(Task), "is work")]
    [InlineData(typeof(Task<int>), "is work")]
    [InlineData(typeof(ValueTask<int>), "is work")]
    [InlineData(typeof(Func<int>), "is code")]
    [InlineData(typeof(Stream), "artifact")]
    [InlineData(typeof(FileStream), "artifact")]
    [InlineData(typeof(Type), "describes code")]
    [InlineData(typeof(Exception), "Throw it")]
    [InlineData(typeof(CancellationToken), "can't leave")]
    [InlineData(typeof(IntPtr), "place in memory")]
    [InlineData(typeof(System.Data.DataTable), "Return records")]
    [InlineData(typeof(WithStream), "WithStream.Content: ")]
    [InlineData(typeof(Dictionary<string, Stream>), "is a stream")]
    [InlineData(typeof(Dictionary<Order, int>), "keys")]
    [InlineData(typeof(Shape), "is abstract")]
    [InlineData(typeof(IDisposable), "is abstract")]
    [InlineData(typeof(IAsyncEnumerable<int>), "is abstract")]
    [InlineData(typeof(Hidden), "no public constructor")]
    [InlineData(typeof(int[,]), "array of arrays")]
    [InlineData(typeof(IOrderedEnumerable<Order>), "Add .ToArray()")]
    [InlineData(typeof(ILookup<string, Order>), "Add .ToArray()")]
    [InlineData(typeof(IGrouping<string, Order>), "Add .ToArray()")]
    [InlineData(typeof(ReadOnlyCollection<int>), "Add .ToArray()")]
    public void Other_types_are_refused_with_advice(Type type, string advice) => Assert.Contains(advice, StorableTypes.WhyNot(type));

    /// <summary>What is said of collections is what System.Text.Json does.</summary>
    [Theory]
    [InlineData(typeof(IEnumerable<int>))]
    [InlineData(typeof(ICollection<int>))]
    [InlineData(typeof(IList<int>))]
    [InlineData(typeof(IReadOnlyCollection<int>))]
    [InlineData(typeof(IReadOnlyList<int>))]
    [InlineData(typeof(ISet<int>))]
    [InlineData(typeof(IReadOnlySet<int>))]
    [InlineData(typeof(System.Collections.IEnumerable))]
    [InlineData(typeof(System.Collections.IList))]
    [InlineData(typeof(System.Collections.ArrayList))]
    [InlineData(typeof(LinkedList<int>))]
    [InlineData(typeof(SortedSet<int>))]
    [InlineData(typeof(Stack<int>))]
    [InlineData(typeof(Queue<int>))]
    [InlineData(typeof(PriorityQueue<int, int>))]
    [InlineData(typeof(BlockingCollection<int>))]
    [InlineData(typeof(ConcurrentQueue<int>))]
    [InlineData(typeof(ConcurrentBag<int>))]
    [InlineData(typeof(ImmutableList<int>))]
    [InlineData(typeof(ImmutableArray<int>))]
    [InlineData(typeof(ImmutableHashSet<int>))]
    [InlineData(typeof(IImmutableList<int>))]
    [InlineData(typeof(System.Collections.Frozen.FrozenSet<int>))]
    [InlineData(typeof(ReadOnlyCollection<int>))]
    [InlineData(typeof(ObservableCollection<int>))]
    [InlineData(typeof(IOrderedEnumerable<int>))]
    [InlineData(typeof(IQueryable<int>))]
    [InlineData(typeof(ArraySegment<int>))]
    public void Collections_are_storable_if_JSON_reads_them(Type type)
    {
        bool reads;
        try
        {
            reads = JsonSerializer.Deserialize("[]", type, ValueJson.Options) is not null;
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException)
        {
            reads = false;
        }

        Assert.Equal(reads, StorableTypes.WhyNot(type) is null);
    }
}
