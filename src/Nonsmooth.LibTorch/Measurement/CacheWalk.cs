using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Walks through a program and tells how far back each node's memory was last touched, in bytes touched since.</summary>
/// <remarks>
/// That distance says which cache answers. Released memory goes to the next result of the same size, as the C library
/// does it; a result of another size and an input come from main memory.
/// </remarks>
internal sealed class CacheWalk
{
    private const long Near = 1 << 20;
    private const long Middle = 12 << 20;

    private readonly Program _program;
    private readonly int[] _roots;
    private readonly bool[] _strided;
    private readonly long[] _touched;
    private readonly List<int>[] _dead;
    private readonly Dictionary<long, Stack<long>> _free = [];
    private long _now = Middle;

    public CacheWalk(Program program)
    {
        _program = program;
        _roots = [.. Enumerable.Range(0, program.Types.Count)];
        _strided = new bool[_roots.Length];
        _touched = new long[_roots.Length];
        foreach (var node in program.Nodes)
        {
            if (IsView(node))
            {
                _roots[node.Results[0]] = _roots[node.Arguments[0]];
                _strided[node.Results[0]] = _strided[node.Arguments[0]] || node.Function is not Reshape;
            }
        }

        int[] last = new int[_roots.Length];
        Array.Fill(last, -1);
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int value in program.Nodes[n].Arguments.Concat(program.Nodes[n].Results))
            {
                last[_roots[value]] = n;
            }
        }

        foreach (int value in program.Outputs.Concat(program.Inputs).Select(o => o.Value))
        {
            last[_roots[value]] = -1;
        }

        _dead = [.. program.Nodes.Select(_ => new List<int>())];
        for (int value = 0; value < last.Length; value++)
        {
            if (last[value] >= 0)
            {
                _dead[last[value]].Add(value);
            }
        }
    }

    /// <summary>Whether a value is a view whose elements do not lie row-major.</summary>
    public bool IsStrided(int value) => _strided[value];

    /// <summary>Whether a node makes no memory of its own.</summary>
    public bool IsView(Node node) => node.Function.Known.View is not null && node.Arguments.Length > 0
        && (node.Function is not Reshape || !_strided[node.Arguments[0]]);

    /// <summary>Goes past the next node, and gives its bytes by how far they are: near, in the middle, far.</summary>
    public (long Near, long Middle, long Far) Pass(int n)
    {
        var node = _program.Nodes[n];
        if (IsView(node))
        {
            return default;
        }

        long[] bytes = new long[3];
        foreach (int result in node.Results)
        {
            long size = Size(_program.Types[result]);
            long age = _free.TryGetValue(size, out var stack) && stack.TryPop(out long touched) ? _now - touched : _now;
            bytes[Level(age)] += size;
        }

        foreach (int argument in node.Arguments.Distinct())
        {
            long size = Math.Min(Size(_program.Types[argument]), Size(_program.Types[_roots[argument]]));
            bytes[Level(_now - _touched[_roots[argument]])] += size;
        }

        _now += bytes.Sum();
        foreach (int value in node.Arguments.Concat(node.Results))
        {
            _touched[_roots[value]] = _now;
        }

        foreach (int value in _dead[n])
        {
            long size = Size(_program.Types[value]);
            (_free.TryGetValue(size, out var stack) ? stack : _free[size] = new Stack<long>()).Push(_touched[value]);
        }

        return (bytes[0], bytes[1], bytes[2]);
    }

    internal static long Size(TensorType type) => type.Shape.Count64 * type.Kind switch
    {
        ElementKind.Real => sizeof(float),
        ElementKind.Index => sizeof(long),
        _ => 1,
    };

    private static int Level(long distance) => distance <= Near ? 0 : distance <= Middle ? 1 : 2;
}
