using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>Measures the loss and the accuracy over every example of a split.</summary>
internal sealed class Evaluator : IDisposable
{
    private readonly DataSplit _split;
    private readonly int[] _order;
    private readonly int _targets;
    private readonly List<Stage> _stages = [];

    public Evaluator(
        LibTorchExecutor executor, Network network, DataSplit split, int batchSize, ParameterSet parameters, BufferSet buffers, Precision precision)
    {
        (_split, _order) = (split, [.. Enumerable.Range(0, split.Count)]);
        _targets = split.Examples.Targets(1).Shape.Elements;
        int whole = split.Count / batchSize * batchSize;
        if (whole > 0)
        {
            _stages.Add(new Stage(executor, network, batchSize, 0, whole, parameters, buffers, precision));
        }

        if (whole < split.Count)
        {
            _stages.Add(new Stage(executor, network, split.Count - whole, whole, split.Count, parameters, buffers, precision));
        }
    }

    /// <summary>Mean loss and the part of the targets classified rightly; null where it was cancelled.</summary>
    /// <remarks>The first of the largest logits is the answer; logits with a NaN are wrong.</remarks>
    public (double Loss, double Accuracy)? Run(CancellationToken cancellation)
    {
        double loss = 0;
        long right = 0;
        foreach (var stage in _stages)
        {
            int batch = stage.Tensors.Batch;
            for (int start = stage.Start; start < stage.End; start += batch)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return null;
                }

                stage.Tensors.Fill(_split, _order.AsSpan(start, batch));
                stage.Program.Run(stage.Tensors.Inputs);
                loss += stage.Program.OutputScalar(0) * batch;
                right += Right(stage);
            }
        }

        return (loss / _order.Length, right / ((double)_order.Length * _targets));
    }

    public void Dispose()
    {
        foreach (var stage in _stages)
        {
            stage.Dispose();
        }
    }

    private unsafe long Right(Stage stage)
    {
        int classes = _split.ClassCount;
        var logits = new ReadOnlySpan<float>((float*)stage.Logits.Of(stage.Program, 1), stage.Tensors.Targets.Length * classes);
        var targets = stage.Tensors.Targets;
        long right = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            var row = logits.Slice(i * classes, classes);
            int best = 0;
            bool isNumber = true;
            for (int c = 0; c < classes; c++)
            {
                isNumber &= !float.IsNaN(row[c]);
                best = row[c] > row[best] ? c : best;
            }

            right += isNumber && best == targets[i] ? 1 : 0;
        }

        return right;
    }

    private sealed class Stage(
        LibTorchExecutor executor, Network network, int batch, int start, int end, ParameterSet parameters, BufferSet buffers, Precision precision) : IDisposable
    {
        public int Start => start;

        public int End => end;

        public CompiledProgram Program { get; } = executor.Compile(network.Build(batch).Evaluation);

        public BatchTensors Tensors { get; } = new(batch, network.Examples, parameters, buffers.Tensors, usesStep: false);

        public SinglesView Logits { get; } = new(precision, network.Examples.Targets(batch).Shape.Count64 * network.Classes);

        public void Dispose()
        {
            Program.Dispose();
            Tensors.Dispose();
            Logits.Dispose();
        }
    }
}
