using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>The definitions of composites that were asked for last.</summary>
/// <remarks>
/// Two generations: where the younger is full the older is dropped, and what is found in the older moves to the younger. So
/// at most 512 definitions are kept, and those in use stay. Safe for several threads.
/// </remarks>
internal sealed class DefinitionCache
{
    private const int Generation = 256;

    private readonly Lock _lock = new();
    private Dictionary<Key, Program> _younger = [];
    private Dictionary<Key, Program> _older = [];

    public Program Get(CompositeFunction function, IReadOnlyList<TensorType> arguments, Func<IReadOnlyList<TensorType>, Program> define)
    {
        var key = new Key(function, [.. arguments]);
        lock (_lock)
        {
            if (_younger.TryGetValue(key, out var known))
            {
                return known;
            }

            if (_older.Remove(key, out known))
            {
                return Keep(key, known);
            }
        }

        // Outside of the lock: a definition may ask for others.
        var program = define(arguments);
        lock (_lock)
        {
            return _younger.TryGetValue(key, out var first) ? first : Keep(key, program);
        }
    }

    private Program Keep(Key key, Program program)
    {
        if (_younger.Count == Generation)
        {
            (_older, _younger) = (_younger, []);
        }

        _younger.Add(key, program);
        return program;
    }

    private readonly record struct Key(CompositeFunction Function, TensorType[] Arguments)
    {
        public bool Equals(Key other) => Function.Equals(other.Function) && Arguments.AsSpan().SequenceEqual(other.Arguments);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Function);
            foreach (var argument in Arguments)
            {
                hash.Add(argument);
            }

            return hash.ToHashCode();
        }
    }
}
