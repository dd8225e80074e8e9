using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>An array with its sizes.</summary>
internal sealed record Values(Array Elements, Shape Shape)
{
    /// <summary>The elements as doubles.</summary>
    public double[] Numbers => Elements switch
    {
        double[] d => d,
        float[] f => Array.ConvertAll(f, x => (double)x),
        long[] l => Array.ConvertAll(l, x => (double)x),
        var b => Array.ConvertAll((bool[])b, x => x ? 1.0 : 0),
    };

    /// <summary>Reals of an interval, small integers, or truth values.</summary>
    public static Values Draw(TensorType type, ulong stream, double low = -1, double high = 1, int indices = 4)
    {
        var random = new CounterRandom(11, stream);
        int count = type.Shape.Elements;
        return new Values(
            type.Kind switch
            {
                ElementKind.Real => Enumerable.Range(0, count).Select(i => (float)(low + ((high - low) * random.Uniform((ulong)i)))).ToArray(),
                ElementKind.Index => Enumerable.Range(0, count).Select(i => (long)(indices * random.Uniform((ulong)i))).ToArray(),
                _ => Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i) < 0.5).ToArray(),
            },
            type.Shape);
    }

    /// <summary>Images, channels first, of letters made of upright and level strokes, in lines; from −1, dark, to 1, light, with some noise.</summary>
    public static Values Strokes(Shape shape)
    {
        var noise = new CounterRandom(12);
        int width = shape[^1];
        int plane = width * shape[^2];
        bool IsDark(int row, int column)
        {
            int letter = (row / 32 * 50) + (column / 12);
            bool isInside = row % 32 is >= 6 and < 26 && column % 12 is >= 1 and < 10;
            bool isUpright = column % 12 is 1 or 2 or 3;
            bool isLevel = (row % 32) - 6 - (6 * (letter % 3)) is >= 0 and < 3;
            return isInside && (isUpright || isLevel);
        }

        return new Values(Enumerable.Range(0, shape.Elements).Select(i => (float)((IsDark(i % plane / width, i % width) ? -0.9 : 0.9) + (0.1 * noise.Uniform((ulong)i)))).ToArray(), shape);
    }

    /// <summary>The largest difference relative to the largest number; infinite where the counts differ, or a NaN stands on one side alone.</summary>
    public static double Apart(double[] ours, double[] theirs)
    {
        if (ours.Length != theirs.Length)
        {
            return double.PositiveInfinity;
        }

        double worst = ours.Zip(theirs, (a, b) => a.Equals(b) || a == b ? 0 : double.IsNaN(a - b) ? double.PositiveInfinity : Math.Abs(a - b)).DefaultIfEmpty(0).Max();
        return worst == 0 ? 0 : worst / Math.Max(1e-30, theirs.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
    }
}

/// <summary>A model in ONNX Runtime, on one thread.</summary>
internal sealed class RuntimeSide : IDisposable
{
    private readonly InferenceSession _session;

    public RuntimeSide(string path) => _session = new InferenceSession(path, Options());

    public RuntimeSide(byte[] model) => _session = new InferenceSession(model, Options());

    /// <summary>All outputs by name.</summary>
    public Dictionary<string, double[]> Run(IReadOnlyDictionary<string, Values> inputs)
    {
        using var results = _session.Run(Feed(inputs));
        return results.ToDictionary(r => r.Name, Numbers);
    }

    /// <summary>The inputs as the runtime takes them.</summary>
    public IReadOnlyCollection<NamedOnnxValue> Feed(IReadOnlyDictionary<string, Values> inputs) =>
        [.. _session.InputMetadata.Where(m => inputs.ContainsKey(m.Key)).Select(m => Fed(m.Key, m.Value.ElementDataType, inputs[m.Key]))];

    /// <summary>Runs, and lets the results go.</summary>
    public void RunOnly(IReadOnlyCollection<NamedOnnxValue> fed) => _session.Run(fed).Dispose();

    public void Dispose() => _session.Dispose();

    private static SessionOptions Options() => new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

    private static NamedOnnxValue Fed(string name, TensorElementType type, Values values)
    {
        int[] sizes = values.Shape.ToArray();
        return type switch
        {
            TensorElementType.Float => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(Array.ConvertAll(values.Numbers, x => (float)x), sizes)),
            TensorElementType.Double => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(values.Numbers, sizes)),
            TensorElementType.Float16 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<Float16>(Array.ConvertAll(values.Numbers, x => (Float16)(float)x), sizes)),
            TensorElementType.Int64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>((long[])values.Elements, sizes)),
            TensorElementType.Int32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<int>(Array.ConvertAll((long[])values.Elements, x => (int)x), sizes)),
            _ => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<bool>((bool[])values.Elements, sizes)),
        };
    }

    private static double[] Numbers(DisposableNamedOnnxValue value) => value.Value switch
    {
        IEnumerable<float> f => [.. f.Select(x => (double)x)],
        IEnumerable<double> d => [.. d],
        IEnumerable<Float16> h => [.. h.Select(x => (double)(float)x)],
        IEnumerable<long> l => [.. l.Select(x => (double)x)],
        IEnumerable<int> i => [.. i.Select(x => (double)x)],
        IEnumerable<bool> b => [.. b.Select(x => x ? 1.0 : 0)],
        _ => throw new NotSupportedException($"{value.Name} is {value.ElementType}"),
    };
}

/// <summary>A program by libtorch.</summary>
internal static class TorchSide
{
    /// <summary>All outputs by name.</summary>
    public static Dictionary<string, double[]> Run(Nonsmooth.Programs.Program program, IReadOnlyDictionary<string, Values> inputs, Precision precision)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
        TorchTensor[] arguments = [.. program.Inputs.Select(i => Load(inputs[i.Name], precision))];
        var results = compiled.Call(arguments);
        var numbers = program.Outputs.Zip(results).ToDictionary(o => o.First.Name, o => Numbers(o.Second));
        Array.ForEach([.. arguments, .. results], t => t.Dispose());
        return numbers;
    }

    /// <summary>An array as libtorch takes it in a format.</summary>
    public static TorchTensor Load(Values values, Precision precision)
    {
        long[] sizes = [.. values.Shape.Select(s => (long)s)];
        return values.Elements switch
        {
            long[] longs => TorchTensor.FromSpan<long>(longs, sizes),
            bool[] bools => TorchTensor.FromSpan<bool>(bools, sizes, TorchDtype.Bool),
            _ when precision == Precision.Float64 => TorchTensor.FromSpan<double>(values.Numbers, sizes),
            float[] floats => TorchTensor.FromSpan<float>(floats, sizes),
            _ => TorchTensor.FromSpan<float>(Array.ConvertAll(values.Numbers, x => (float)x), sizes),
        };
    }

    private static double[] Numbers(TorchTensor tensor)
    {
        using var wide = tensor.To(TorchDtype.Float64);
        return wide.ToArray<double>();
    }
}
