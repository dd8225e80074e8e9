using System.Diagnostics;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Randomness;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Steps;

/// <summary>A training step of this library: the compiled gradient and a fused INNAprop step.</summary>
internal sealed class NonsmoothStep : IDisposable
{
    private readonly CompiledProgram _gradient;
    private readonly TorchTensor[] _inputs;
    private readonly nint[] _pointers;
    private readonly SinglesView[] _views;
    private readonly WorkerPool _pool;
    private readonly Optimizer _optimizer;

    public NonsmoothStep(string network, int batch, int threads, ExecutionOptions options)
    {
        LibTorchMemory.KeepFreed();
        LibTorchThreads.Count = threads;
        var program = Models.Find(network).Build(batch);
        var gradient = program.Gradient();
        Source = gradient;
        _gradient = new LibTorchExecutor(options).Compile(gradient);
        _inputs = [.. gradient.Inputs.Select(i => Input(gradient.Types[i.Value]))];
        for (int p = 0; p < program.Parameters.Count; p++)
        {
            program.Parameters[p].Initialise(_inputs[p + 2].AsSpan<float>(), 1);
        }

        Parameters = program.Parameters.Sum(p => p.Shape.Count64);
        _views = [.. program.Parameters.Select(p => new SinglesView(options.Precision, p.Shape.Count64))];
        _pointers = new nint[program.Parameters.Count];
        _pool = new WorkerPool(threads);
        _optimizer = new InnapropOptions().Build(
            [.. program.Parameters.Select((p, i) => new ParameterSlot(p.Name, _inputs[i + 2].DataPointer, p.Shape.Count64, p.Decays))], _pool);
    }

    /// <summary>Numbers that the step trains.</summary>
    public long Parameters { get; }

    /// <summary>The gradient as it was compiled.</summary>
    public Programs.Program Source { get; }

    /// <summary>The gradient that a step runs.</summary>
    public CompiledProgram Gradient => _gradient;

    public double Loss { get; private set; }

    public void Step()
    {
        Differentiate();
        Update();
    }

    public void Differentiate()
    {
        _gradient.Run(_inputs);
        Loss = _gradient.OutputScalar(0);
        for (int i = 0; i < _pointers.Length; i++)
        {
            _pointers[i] = _views[i].Of(_gradient.OutputPointer(i + 1));
        }
    }

    public void Update() => _optimizer.Step(_pointers, 1e-3);

    public double Seconds(int steps)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            Step();
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>Seconds of processor time that so many steps took: what other work on the machine disturbs least.</summary>
    public double ProcessorSeconds(int steps)
    {
        var begin = Environment.CpuUsage.TotalTime;
        Seconds(steps);
        return (Environment.CpuUsage.TotalTime - begin).TotalSeconds;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _pool.Dispose();
        _gradient.Dispose();
        foreach (var view in _views)
        {
            view.Dispose();
        }

        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }

    private static TorchTensor Input(Tensors.TensorType type)
    {
        long[] sizes = [.. type.Shape.Select(s => (long)s)];
        if (type.Kind == Tensors.ElementKind.Index)
        {
            return TorchTensor.FromSpan<long>(Enumerable.Range(0, type.Shape.Elements).Select(i => i % 10L).ToArray(), sizes);
        }

        var values = new float[type.Shape.Elements];
        new CounterRandom(7).FillNormal(values.AsSpan());
        return TorchTensor.FromSpan<float>(values, sizes);
    }
}
