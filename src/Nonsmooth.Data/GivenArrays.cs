using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>A user's own arrays or table as examples: <c>.npz</c>, <c>.npy</c>, <c>.safetensors</c>, <c>.csv</c>, <c>.parquet</c>.</summary>
/// <remarks>
/// The first axis counts the examples. One array is the target, the others are data: real numbers as they are, whole numbers as indices. The numeric columns of a
/// table are one field, <c>x</c>. A target of whole numbers or texts is a class, one an example or one an element; of real numbers, what is predicted. Arrays called
/// <c>train.NAME</c> and <c>test.NAME</c> are the halves; else a fifth, drawn by the seed, is tested on.
/// </remarks>
public static class GivenArrays
{
    private const string TrainPrefix = "train.";
    private const string TestPrefix = "test.";
    private static readonly string[] _usualTargets = ["target", "y", "label", "labels"];

    /// <summary>Whether a path is such a file, by its ending.</summary>
    public static bool Matches(string path) => TableFile.Matches(path) || Path.GetExtension(path).ToUpperInvariant() is ".NPZ" or ".NPY" or ".SAFETENSORS";

    /// <summary>Reads a file.</summary>
    /// <exception cref="NonsmoothException">It cannot be read, has no such target, arrays of different lengths, or a count is out of range.</exception>
    public static Dataset Load(string path, DatasetOptions options)
    {
        var (columns, classes) = TableFile.Matches(path) ? OfTable(path, options) : (ArraysOf(path, options.Limits), null);
        bool halved = columns.Keys.Any(k => k.StartsWith(TrainPrefix, StringComparison.Ordinal)) && columns.Keys.Any(k => k.StartsWith(TestPrefix, StringComparison.Ordinal));
        var (train, test) = halved ? (Half(columns, TrainPrefix), Half(columns, TestPrefix)) : Parted(path, columns, options.Seed);
        string target = Target(path, train, options.Target);
        int count = Math.Max(Highest(train[target]), Highest(test.GetValueOrDefault(target) ?? train[target])) + 1;
        var fields = Fields(path, train, target, count);
        return DatasetRow.Some(new Dataset(path, classes ?? [.. Enumerable.Range(0, fields.Classes ?? 0).Select(c => $"class {c}")], new ExamplesSplit(Examples(path, fields, train, target)), new ExamplesSplit(Examples(path, fields, test, target))), options);
    }

    private static IReadOnlyDictionary<string, StoredTensor> ArraysOf(string path, DataLimits limits) =>
        path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafeTensors.Read(path).Tensors : Numpy.Read(path, limits.UnpackedBytes);

    private static (IReadOnlyDictionary<string, StoredTensor> Arrays, string[]? Classes) OfTable(string path, DatasetOptions options)
    {
        var table = TableFile.Read(path, options.Limits.UnpackedBytes);
        var all = table.Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        string name = options.Target ?? _usualTargets.FirstOrDefault(all.ContainsKey) ?? throw Untold(path, all.Keys);
        var target = all.GetValueOrDefault(name) ?? throw Untold(path, all.Keys, name);
        var features = table.Columns.Where(c => c != target).ToArray();
        if (features.FirstOrDefault(c => c.Numbers is null) is { } texts)
        {
            throw new NonsmoothException($"'{path}' has texts in column '{PlainText.Of(texts.Name)}', as '{PlainText.Of(texts.Texts!.First(t => !double.TryParse(t, System.Globalization.CultureInfo.InvariantCulture, out _)))}': give numbers, or leave the column out");
        }

        int rows = target.Numbers?.Length ?? target.Texts!.Length;
        float[] x = new float[rows * features.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)features[i % features.Length].Numbers![i / features.Length];
        }

        string[]? classes = target.Texts?.Distinct().Order(StringComparer.Ordinal).ToArray();
        var y = classes is not null ? StoredTensor.Of<long>(System.Array.ConvertAll(target.Texts!, t => (long)System.Array.BinarySearch(classes, t, StringComparer.Ordinal)), rows)
            : target.AreWhole ? StoredTensor.Of<long>(System.Array.ConvertAll(target.Numbers!, v => (long)v), rows)
            : StoredTensor.Of<float>(System.Array.ConvertAll(target.Numbers!, v => (float)v), rows, 1);
        return (new Dictionary<string, StoredTensor> { [FieldList.X] = StoredTensor.Of<float>(x, rows, features.Length), [name] = y }, classes);
    }

    private static Dictionary<string, StoredTensor> Half(IReadOnlyDictionary<string, StoredTensor> arrays, string prefix) =>
        arrays.Where(a => a.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(a => a.Key[prefix.Length..], a => a.Value, StringComparer.Ordinal);

    private static (Dictionary<string, StoredTensor> Train, Dictionary<string, StoredTensor> Test) Parted(string path, IReadOnlyDictionary<string, StoredTensor> arrays, ulong seed)
    {
        if (arrays.FirstOrDefault(a => a.Value.Shape.Length == 0 || a.Value.Shape[0] != arrays.First().Value.Shape.FirstOrDefault()) is { Key: { } odd })
        {
            throw new NonsmoothException($"'{path}' has '{PlainText.Of(odd)}' [{string.Join(", ", arrays[odd].Shape)}] beside '{PlainText.Of(arrays.First().Key)}' [{string.Join(", ", arrays.First().Value.Shape)}]: the first axis counts the examples, the same in all");
        }

        int count = arrays.Count == 0 ? 0 : (int)arrays.First().Value.Shape[0];
        if (count < 2)
        {
            throw new NonsmoothException($"'{path}' has {count} examples: give at least 2, to train and to test");
        }

        int[] order = new CounterRandom(seed).Derive("halves").Permutation(count);
        int tested = Math.Clamp(count / 5, 1, count - 1);
        Dictionary<string, StoredTensor> Part(int[] rows) => arrays.ToDictionary(a => a.Key, a => Rows(a.Value, rows), StringComparer.Ordinal);
        return (Part([.. order[tested..].Order()]), Part([.. order[..tested].Order()]));
    }

    private static StoredTensor Rows(StoredTensor array, int[] rows)
    {
        int size = array.Bytes.Length / (int)array.Shape[0];
        byte[] bytes = new byte[size * rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            array.Bytes.Span.Slice(rows[i] * size, size).CopyTo(bytes.AsSpan(i * size));
        }

        return new StoredTensor(array.Type, [rows.Length, .. array.Shape[1..]], bytes);
    }

    private static string Target(string path, Dictionary<string, StoredTensor> arrays, string? asked) => asked is not null
        ? arrays.ContainsKey(asked) ? asked : throw Untold(path, arrays.Keys, asked)
        : _usualTargets.FirstOrDefault(arrays.ContainsKey) ?? throw Untold(path, arrays.Keys);

    private static NonsmoothException Untold(string path, IEnumerable<string> names, string? asked = null) => new(
        $"'{path}' has no {(asked is null ? "array that is called as a target is" : $"'{PlainText.Of(asked)}'")}: give target as one of {string.Join(", ", names.Select(PlainText.Of))}");

    private static int Highest(StoredTensor target) => target.IsReal || target.Count == 0 ? -1
        : target.ToLongs() is var classes && classes.Min() < 0 ? throw new NonsmoothException($"a target is {classes.Min()}: classes are counted from 0")
        : checked((int)classes.Max());

    private static FieldList Fields(string path, Dictionary<string, StoredTensor> arrays, string target, int classes)
    {
        string[] data = [.. arrays.Keys.Where(k => k != target)];
        if (data.Length == 0)
        {
            throw new NonsmoothException($"'{path}' has nothing beside its target '{PlainText.Of(target)}': give the data too");
        }

        Field Of(string name, StoredTensor array, InputRole role)
        {
            var shape = new Shape([.. array.Shape[1..].Select(s => checked((int)s))]);
            string shown = role == InputRole.Target ? FieldList.Target : data.Length == 1 ? FieldList.X : name;
            return array.IsReal ? Field.Real(shown, shape, role)
                : Field.Index(shown, role == InputRole.Target && shape is { Rank: 1 } && shape[0] == 1 ? Shape.Scalar : shape, role == InputRole.Target ? classes : null, role);
        }

        return [.. data.Select(name => Of(name, arrays[name], InputRole.Data)), Of(target, arrays[target], InputRole.Target)];
    }

    private static ArrayExamples Examples(string path, FieldList fields, Dictionary<string, StoredTensor> arrays, string target)
    {
        var data = arrays.Keys.Where(k => k != target).ToArray();
        var values = new Dictionary<string, System.Array>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            string name = field.Role == InputRole.Target ? target : data.Length == 1 ? data[0] : field.Name;
            var array = arrays.GetValueOrDefault(name) ?? throw new NonsmoothException($"'{path}' has '{name}' in one half only: give it in both");
            values[field.Name] = field.Type.Kind == ElementKind.Real ? array.IsReal ? array.ToSingles() : throw new NonsmoothException($"'{path}' has '{name}' as whole numbers in one half: give real ones in both") : array.ToLongs();
        }

        return new ArrayExamples(fields, values);
    }
}
