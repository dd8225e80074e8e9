using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Cli.Exporting;

/// <summary>An exported model run by ONNX Runtime, held against the program that it was made of: on random inputs, and with every input 0, where kinks often lie.</summary>
internal static class RuntimeCheck
{
    private const int Trials = 3;

    /// <summary>The largest difference of each output, relative to its largest number, over all trials.</summary>
    /// <exception cref="NonsmoothException">ONNX Runtime refuses the model.</exception>
    public static IReadOnlyList<CheckedOutput> Of(string path, Program program, IReadOnlyDictionary<string, BoundWeight> weights)
    {
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var session = new InferenceSession(path, options);
            return Compare(session, program, weights);
        }
        catch (OnnxRuntimeException e)
        {
            throw new NonsmoothException($"ONNX Runtime refuses '{path}' ({PlainText.Of(e.Message.ReplaceLineEndings(" ").TrimEnd('.'))})", e);
        }
    }

    private static CheckedOutput[] Compare(InferenceSession session, Program program, IReadOnlyDictionary<string, BoundWeight> weights)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = Precision.Float64 }).Compile(program);
        double[] worst = new double[program.Outputs.Count];
        var data = program.Inputs.Where(i => !weights.ContainsKey(i.Name)).ToList();
        for (int trial = 0; trial <= Trials; trial++)
        {
            var drawn = data.ToDictionary(i => i.Name, i => Draw(program.Types[i.Value], i.Name, trial), StringComparer.Ordinal);
            var fed = session.InputMetadata.Keys.Select(name => Fed(name, drawn.GetValueOrDefault(name) ?? Singles(weights[name].Elements), program.InputType(name).Shape)).ToList();
            using var theirs = session.Run(fed);
            TorchTensor[] inputs = [.. program.Inputs.Select(i => TorchTensor.FromArray(drawn.GetValueOrDefault(i.Name) ?? weights[i.Name].Elements, program.Types[i.Value].Shape))];
            var ours = compiled.Call(inputs);
            for (int o = 0; o < worst.Length; o++)
            {
                worst[o] = Math.Max(worst[o], Apart(Numbers(theirs.First(t => t.Name == program.Outputs[o].Name)), Numbers(ours[o])));
            }

            Array.ForEach([.. inputs, .. ours], t => t.Dispose());
        }

        return [.. program.Outputs.Select((o, i) => new CheckedOutput(o.Name, worst[i]))];
    }

    private static float[] Singles(Array values) => values as float[] ?? Array.ConvertAll((double[])values, v => (float)v);

    private static Array Draw(TensorType type, string name, int trial)
    {
        var random = new CounterRandom(7, (ulong)trial).Derive(name);
        int count = type.Shape.Elements;
        return type.Kind switch
        {
            ElementKind.Real => Enumerable.Range(0, count).Select(i => trial == Trials ? 0f : (float)((4 * random.Uniform((ulong)i)) - 2)).ToArray(),
            ElementKind.Index => Enumerable.Range(0, count).Select(i => trial == Trials ? 0L : (long)(3 * random.Uniform((ulong)i))).ToArray(),
            _ => Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i) < 0.5).ToArray(),
        };
    }

    private static NamedOnnxValue Fed(string name, Array values, Shape shape)
    {
        int[] sizes = shape.ToArray();
        return values switch
        {
            float[] singles => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(singles, sizes)),
            long[] longs => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(longs, sizes)),
            _ => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<bool>((bool[])values, sizes)),
        };
    }

    private static double[] Numbers(DisposableNamedOnnxValue value) => value.Value switch
    {
        IEnumerable<float> singles => [.. singles.Select(v => (double)v)],
        IEnumerable<double> doubles => [.. doubles],
        IEnumerable<long> longs => [.. longs.Select(v => (double)v)],
        IEnumerable<bool> bools => [.. bools.Select(v => v ? 1.0 : 0)],
        _ => throw new NonsmoothException($"ONNX Runtime gives output '{value.Name}' of a type that is not compared"),
    };

    private static double[] Numbers(TorchTensor tensor)
    {
        using var wide = tensor.To(TorchDtype.Float64);
        return wide.ToArray<double>();
    }

    private static double Apart(double[] theirs, double[] ours)
    {
        double largest = ours.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double apart = theirs.Length == ours.Length ? theirs.Zip(ours, (a, b) => a.Equals(b) || a == b ? 0 : double.IsNaN(a - b) ? double.PositiveInfinity : Math.Abs(a - b)).DefaultIfEmpty(0).Max() : double.PositiveInfinity;
        return apart == 0 ? 0 : apart / Math.Max(largest, 1e-30);
    }
}

/// <summary>An output of an exported model against the program's.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Difference">The largest difference, relative to the output's largest number.</param>
internal sealed record CheckedOutput(string Name, double Difference);
