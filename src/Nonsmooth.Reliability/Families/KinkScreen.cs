using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>Runs a program forward only and says whether any function of one variable is evaluated exactly at a kink.</summary>
/// <remarks>
/// Two backprops whose only difference is what they take at such kinks multiply by the same slopes wherever no argument
/// is at one, so they give the same bits: a third of the work decides most batches. Comparisons are in the format of the
/// execution; both zeros are one point.
/// </remarks>
public sealed class KinkScreen : IDisposable
{
    private readonly CompiledProgram _compiled;
    private readonly (double[] Points, int Length)[] _arguments;
    private readonly TorchDtype _storage;

    /// <summary>Compiles the arguments of every function of one variable that has kinks.</summary>
    /// <param name="objective">The program.</param>
    /// <param name="precision">The format.</param>
    /// <param name="device">Where it runs; the processor by default.</param>
    /// <exception cref="NonsmoothException">The program has no such function.</exception>
    public KinkScreen(Program objective, Precision precision, Device device = default)
    {
        var flat = objective.Flatten();
        var builder = new ProgramBuilder();
        var values = new Variable?[flat.Types.Count];
        foreach (var input in flat.Inputs)
        {
            values[input.Value] = builder.Input(input.Name, flat.Types[input.Value], input.Role);
        }

        foreach (var node in flat.Nodes)
        {
            builder.Replay(node, values);
        }

        var nodes = flat.Nodes.Where(n => n.Function.KinkPoints(Selection.Default).Count > 0).ToList();
        if (nodes.Count == 0)
        {
            throw new NonsmoothException("the program has no function of one variable with a kink: there is nothing to screen for");
        }

        _arguments =
        [
            .. nodes.Select(n => (n.Function.KinkPoints(Selection.Default).Select(k => k.At).ToArray(), (int)flat.Types[n.Arguments[0]].Shape.Count64)),
        ];
        var screened = builder.Build(nodes.Select((n, i) => ($"at{i}", values[n.Arguments[0]]!))).Prune();
        _compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision, Device = device }).Compile(screened);
        _storage = precision switch
        {
            Precision.Float64 => TorchDtype.Float64,
            Precision.BFloat16 => TorchDtype.BFloat16,
            _ => TorchDtype.Float32,
        };
    }

    /// <summary>How many arguments were exactly at a kink.</summary>
    /// <param name="inputs">The program's inputs, in order.</param>
    public long Count(IReadOnlyList<TorchTensor> inputs)
    {
        _compiled.Run([.. inputs]);
        long count = 0;
        for (int i = 0; i < _arguments.Length; i++)
        {
            using var copied = _compiled.IsReadable ? null : HostValues.Of(_compiled, _compiled.Program.Outputs[i].Value);
            foreach (double point in _arguments[i].Points)
            {
                count += copied is null
                    ? At(_storage, _compiled.OutputPointer(i), _arguments[i].Length, point)
                    : At(copied.Dtype, copied.DataPointer, _arguments[i].Length, point);
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _compiled.Dispose();

    private static unsafe long At(TorchDtype dtype, nint values, int length, double point) => dtype switch
    {
        TorchDtype.Float64 => Equal(new ReadOnlySpan<double>((double*)values, length), point),
        TorchDtype.BFloat16 => EqualBrain(new ReadOnlySpan<ushort>((ushort*)values, length), point),
        _ => Equal(new ReadOnlySpan<float>((float*)values, length), (float)point),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Equal<T>(ReadOnlySpan<T> values, T point)
        where T : struct, INumber<T>
    {
        long count = 0;
        int i = 0;
        var wanted = new Vector<T>(point);
        for (; i + Vector<T>.Count <= values.Length; i += Vector<T>.Count)
        {
            var chunk = new Vector<T>(values[i..]);
            if (Vector.EqualsAny(chunk, wanted))
            {
                count += Equal(values.Slice(i, Vector<T>.Count), point, 0);
            }
        }

        return count + Equal(values, point, i);
    }

    private static long Equal<T>(ReadOnlySpan<T> values, T point, int from)
        where T : struct, INumber<T>
    {
        long count = 0;
        for (int i = from; i < values.Length; i++)
        {
            count += values[i] == point ? 1 : 0;
        }

        return count;
    }

    private static long EqualBrain(ReadOnlySpan<ushort> values, double point)
    {
        long count = 0;
        foreach (ushort value in values)
        {
            count += BitConverter.UInt32BitsToSingle((uint)value << 16) == point ? 1 : 0;
        }

        return count;
    }
}
