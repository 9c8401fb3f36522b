namespace Wizart.Flow.Web.Ui.Graph;

/// <summary>
/// Places the parts of one level in layers, each after what it waits for, ordered so that few lines cross (Sugiyama's method:
/// layers by longest path, order by barycentres), and puts each as near to its neighbours as the others let it.
/// </summary>
internal sealed class GraphLayers
{
    private const double LayerGap = 56;
    private const double Gap = 14;
    private const double Lane = 10;
    private const int Sweeps = 8;

    private readonly IReadOnlyList<GraphPart> _parts;
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<(int From, int To), List<int>> _chains = [];
    private List<List<int>> _layers = [];

    private GraphLayers(IReadOnlyList<GraphPart> parts, IReadOnlyCollection<(int From, int To)> edges)
    {
        _parts = parts;
        foreach (var part in parts) _slots.Add(new Slot { Main = part.Main, Cross = part.Cross });
        var kept = Acyclic(edges);
        foreach (var edge in kept) AddChain(edge, Layer(kept));
    }

    /// <summary>Gives each part its place; the points through which each edge goes, and the size of the whole.</summary>
    public static (double Main, double Cross, Dictionary<(int From, int To), List<(double Main, double Cross)>> Lanes) Place(
        IReadOnlyList<GraphPart> parts, IReadOnlyCollection<(int From, int To)> edges)
    {
        var layers = new GraphLayers(parts, edges);
        layers.Order();
        return layers.Position();
    }

    private int[]? _layer;

    // The longest way from a start; computed once.
    private int[] Layer(IReadOnlyList<(int From, int To)> edges)
    {
        if (_layer is not null) return _layer;
        var layer = new int[_parts.Count];
        var open = new int[_parts.Count];
        var next = edges.ToLookup(e => e.From, e => e.To);
        foreach (var (_, to) in edges) open[to]++;
        var ready = new Queue<int>(Enumerable.Range(0, _parts.Count).Where(i => open[i] == 0));
        while (ready.TryDequeue(out var at))
            foreach (var to in next[at])
            {
                layer[to] = Math.Max(layer[to], layer[at] + 1);
                if (--open[to] == 0) ready.Enqueue(to);
            }

        return _layer = layer;
    }

    // Groups may wait for each other in a circle, though tasks never do: such an edge is drawn, and gives no order.
    private List<(int From, int To)> Acyclic(IReadOnlyCollection<(int From, int To)> edges)
    {
        var next = edges.ToLookup(e => e.From, e => e.To);
        var state = new int[_parts.Count];
        var kept = new List<(int, int)>();
        for (var start = 0; start < _parts.Count; start++)
        {
            if (state[start] != 0) continue;
            var path = new Stack<(int At, IEnumerator<int> Next)>();
            state[start] = 1;
            path.Push((start, next[start].GetEnumerator()));
            while (path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    state[top.At] = 2;
                    path.Pop();
                    continue;
                }

                var to = top.Next.Current;
                if (state[to] != 1) kept.Add((top.At, to));
                if (state[to] != 0) continue;
                state[to] = 1;
                path.Push((to, next[to].GetEnumerator()));
            }
        }

        return kept;
    }

    // An edge over several layers takes a lane through each between, so that it goes around what stands there.
    private void AddChain((int From, int To) edge, int[] layer)
    {
        for (var i = 0; i < _parts.Count; i++) _slots[i].Layer = layer[i];
        var chain = new List<int>();
        var before = edge.From;
        for (var at = layer[edge.From] + 1; at < layer[edge.To]; at++)
        {
            _slots.Add(new Slot { Layer = at, Cross = Lane, IsLane = true });
            chain.Add(_slots.Count - 1);
            Link(before, _slots.Count - 1);
            before = _slots.Count - 1;
        }

        Link(before, edge.To);
        _chains[edge] = chain;
    }

    private void Link(int from, int to)
    {
        _slots[from].After.Add(to);
        _slots[to].Before.Add(from);
    }

    private void Order()
    {
        _layers = [.. Enumerable.Range(0, _slots.Max(s => s.Layer) + 1).Select(_ => new List<int>())];
        for (var i = 0; i < _slots.Count; i++) _layers[_slots[i].Layer].Add(i);
        Number();
        var best = _layers.ConvertAll(l => l.ToArray());
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < _layers.Count; i++) Sort(_layers[down ? i : _layers.Count - 1 - i], down);
            var crossings = Crossings();
            if (crossings >= fewest) continue;
            (fewest, best) = (crossings, _layers.ConvertAll(l => l.ToArray()));
        }

        _layers = best.ConvertAll(l => l.ToList());
        Number();
    }

    private void Sort(List<int> layer, bool down)
    {
        var centre = layer.ToDictionary(i => i, i =>
        {
            var near = down ? _slots[i].Before : _slots[i].After;
            return near.Count == 0 ? _slots[i].Place : near.Average(n => _slots[n].Place);
        });
        var sorted = layer.OrderBy(i => centre[i]).ThenBy(i => _slots[i].Place).ToArray();
        layer.Clear();
        layer.AddRange(sorted);
        for (var i = 0; i < layer.Count; i++) _slots[layer[i]].Place = i;
    }

    private void Number()
    {
        foreach (var layer in _layers)
            for (var i = 0; i < layer.Count; i++) _slots[layer[i]].Place = i;
    }

    private long Crossings()
    {
        var count = 0L;
        foreach (var layer in _layers)
        {
            var ends = layer.SelectMany(i => _slots[i].After.Select(n => _slots[n].Place).Order()).ToArray();
            for (var a = 0; a < ends.Length && ends.Length < 2_000; a++)
                for (var b = a + 1; b < ends.Length; b++)
                    if (ends[a] > ends[b]) count++;
        }

        return count;
    }

    private (double Main, double Cross, Dictionary<(int From, int To), List<(double Main, double Cross)>> Lanes) Position()
    {
        foreach (var layer in _layers) Stack(layer, i => _slots[i].Centre);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < _layers.Count; i++) Stack(_layers[down ? i : _layers.Count - 1 - i], s => Wanted(s, down));
        }

        var top = _slots.Min(s => s.Centre - (s.Cross / 2));
        var main = 0.0;
        foreach (var layer in _layers)
        {
            var depth = layer.Max(i => _slots[i].Main);
            foreach (var i in layer) _slots[i].MainAt = main + ((depth - _slots[i].Main) / 2);
            main += depth + LayerGap;
        }

        foreach (var slot in _slots) slot.Centre -= top;
        for (var i = 0; i < _parts.Count; i++) (_parts[i].MainAt, _parts[i].CrossAt) = (_slots[i].MainAt, _slots[i].Centre - (_slots[i].Cross / 2));
        var lanes = _chains.ToDictionary(c => c.Key, c => c.Value.ConvertAll(i => (_slots[i].MainAt, _slots[i].Centre)));
        return (main - LayerGap, _slots.Max(s => s.Centre + (s.Cross / 2)), lanes);
    }

    private double Wanted(int slot, bool down)
    {
        var near = down ? _slots[slot].Before : _slots[slot].After;
        return near.Count == 0 ? _slots[slot].Centre : near.Average(n => _slots[n].Centre);
    }

    // As near to where each wants to be as the order and the gaps allow: least squares, by pooling neighbours that push each other.
    private void Stack(List<int> layer, Func<int, double> wanted)
    {
        var offsets = new double[layer.Count];
        for (var i = 1; i < layer.Count; i++)
            offsets[i] = offsets[i - 1] + ((_slots[layer[i - 1]].Cross + _slots[layer[i]].Cross) / 2) + Gap;
        var pools = new List<(double Sum, int Count)>();
        for (var i = 0; i < layer.Count; i++)
        {
            var pool = (Sum: wanted(layer[i]) - offsets[i], Count: 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Count > pool.Sum / pool.Count)
            {
                pool = (pool.Sum + pools[^1].Sum, pool.Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        var at = 0;
        foreach (var (sum, count) in pools)
            for (var i = 0; i < count; i++, at++) _slots[layer[at]].Centre = (sum / count) + offsets[at];
    }

    private sealed class Slot
    {
        public int Layer { get; set; }

        public int Place { get; set; }

        public double Main { get; init; }

        public double Cross { get; init; }

        public double MainAt { get; set; }

        public double Centre { get; set; }

        public bool IsLane { get; init; }

        public List<int> Before { get; } = [];

        public List<int> After { get; } = [];
    }
}
