namespace Nonsmooth.Programs;

/// <summary>The nodes of a program in a few arrays.</summary>
/// <remarks>Grows while a program is built; a program's own is never changed.</remarks>
internal sealed class NodeTable
{
    private NodeRecord[] _records = [];
    private int[] _arguments = [];
    private ElementaryFunction[] _functions = [];
    private int _argumentCount;
    private int _functionCount;

    public int Count { get; private set; }

    public ref readonly NodeRecord this[int node] => ref _records[node];

    public ElementaryFunction Function(int number) => _functions[number];

    public ReadOnlySpan<ElementaryFunction> Functions => _functions.AsSpan(0, _functionCount);

    public ReadOnlySpan<int> Arguments(int node) => _arguments.AsSpan(_records[node].FirstArgument, _records[node].Arguments);

    public ValueList ArgumentList(int node) => new(_arguments, _records[node].FirstArgument, _records[node].Arguments);

    public int AddFunction(ElementaryFunction function)
    {
        Reserve(ref _functions, _functionCount, 1);
        _functions[_functionCount] = function;
        return _functionCount++;
    }

    /// <summary>Adds a node; where its arguments begin is filled in.</summary>
    public int Add(in NodeRecord record, ReadOnlySpan<int> arguments)
    {
        Reserve(ref _arguments, _argumentCount, arguments.Length);
        arguments.CopyTo(_arguments.AsSpan(_argumentCount));
        Reserve(ref _records, Count, 1);
        _records[Count] = record with { FirstArgument = _argumentCount, Arguments = arguments.Length };
        _argumentCount += arguments.Length;
        return Count++;
    }

    /// <summary>A copy without room to grow.</summary>
    public NodeTable Trimmed() => new()
    {
        _records = _records[..Count],
        _arguments = _arguments[.._argumentCount],
        _functions = _functions[.._functionCount],
        Count = Count,
        _argumentCount = _argumentCount,
        _functionCount = _functionCount,
    };

    private static void Reserve<T>(ref T[] array, int count, int more)
    {
        if (count + more > array.Length)
        {
            Array.Resize(ref array, Math.Max(Math.Max(8, count + more), (int)Math.Min(2L * array.Length, Array.MaxLength)));
        }
    }
}
