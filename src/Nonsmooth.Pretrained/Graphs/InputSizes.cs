using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>The sizes of a network's inputs: those the archive fixes, and symbols bound by the shapes that are given.</summary>
internal static class InputSizes
{
    /// <summary>The shapes of inputs by name.</summary>
    /// <exception cref="ArchiveException">One does not fit, is outside of its range, or is not known.</exception>
    public static IReadOnlyDictionary<string, Shape> Bind(Archive archive, IEnumerable<string> inputs, ArchiveImportOptions options)
    {
        var types = inputs.Where(archive.Graph.Types.ContainsKey).Select(i => (Name: i, Type: archive.Graph.Types[i], Given: options.Values.TryGetValue(i, out var value) ? [.. value.Shape] : options.Shapes.GetValueOrDefault(i))).ToList();
        var symbols = options.Dimensions.ToDictionary(d => d.Key, d => (long)d.Value, StringComparer.Ordinal);
        foreach (var (name, type, given) in types)
        {
            if (given is not null && given.Count != type.Sizes.Count)
            {
                throw new ArchiveException($"its input '{name}' has {type.Sizes.Count} axes, and {Text(given)} is given");
            }

            for (int axis = 0; axis < type.Sizes.Count; axis++)
            {
                if (given is not null && type.Sizes[axis] is { Value: null, Symbol: { } symbol } && !symbols.TryAdd(symbol, given[axis]) && symbols[symbol] != given[axis])
                {
                    throw new ArchiveException($"its input '{name}' has {given[axis]} along axis {axis}, which is {symbol}, {symbols[symbol]} elsewhere");
                }
            }
        }

        foreach (var (symbol, size) in symbols)
        {
            if (archive.Ranges.TryGetValue(symbol, out var range) && (size < range.Least || size > range.Most))
            {
                throw new ArchiveException($"{symbol} is {size}, and the archive is for {range.Least?.ToString(null, null) ?? "any"} to {range.Most?.ToString(null, null) ?? "any"}: give an input of such a size, or export it for more");
            }
        }

        return types.ToDictionary(t => t.Name, t => Of(t.Name, t.Type, t.Given, symbols), StringComparer.Ordinal);
    }

    private static Shape Of(string name, ArchiveTensorType type, IReadOnlyList<int>? given, Dictionary<string, long> symbols)
    {
        int[] sizes = new int[type.Sizes.Count];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            var size = type.Sizes[axis];
            long? known = size.Value ?? SizeExpression.Evaluate(size.Expression, s => symbols.TryGetValue(s, out long value) ? value : null);
            if (known is { } expected && given is not null && given[axis] != expected)
            {
                throw new ArchiveException($"its input '{name}' has {expected} along axis {axis}, and {Text(given)} is given: export it with that axis dynamic, or give what it is for");
            }

            long found = known ?? given?[axis] ?? throw new ArchiveException($"its input '{name}' has a free size along axis {axis}, {GraphScope.Shown(size.Expression)}: give its shape");
            sizes[axis] = found is >= 0 and <= int.MaxValue ? (int)found : throw new ArchiveException($"its input '{name}' has {found} along axis {axis}");
        }

        return new Shape(sizes);
    }

    private static string Text(IReadOnlyList<int> sizes) => sizes.Count == 0 ? "a number" : string.Join('×', sizes);
}
