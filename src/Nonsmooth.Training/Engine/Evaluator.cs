using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Engine;

/// <summary>Measures the loss and the metrics of a model over every example of a split.</summary>
internal sealed class Evaluator : IDisposable
{
    private readonly Model _model;
    private readonly int[] _order;
    private readonly List<Stage> _stages = [];

    public Evaluator(
        LibTorchExecutor executor, Model model, DataSplit split, int batchSize, ParameterSet parameters, BufferSet buffers, Precision precision)
    {
        (_model, _order) = (model, [.. Enumerable.Range(0, split.Count)]);
        int whole = split.Count / batchSize * batchSize;
        if (whole > 0)
        {
            _stages.Add(new Stage(executor, model, split, batchSize, 0, whole, parameters, buffers, precision));
        }

        if (whole < split.Count)
        {
            _stages.Add(new Stage(executor, model, split, split.Count - whole, whole, split.Count, parameters, buffers, precision));
        }
    }

    /// <summary>Measures; null where it was cancelled.</summary>
    public EvaluationResult? Run(CancellationToken cancellation)
    {
        double loss = 0;
        var sums = new (double Sum, double Weight)[_model.Metrics.Count];
        foreach (var stage in _stages)
        {
            int batch = stage.Count;
            for (int start = stage.Start; start < stage.End; start += batch)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return null;
                }

                stage.Run(_order.AsSpan(start, batch));
                loss += stage.Loss * batch;
                for (int m = 0; m < sums.Length; m++)
                {
                    var (sum, weight) = _model.Metrics[m].Of(stage);
                    sums[m] = (sums[m].Sum + sum, sums[m].Weight + weight);
                }
            }
        }

        return new(loss / _order.Length, new MetricValues(_model.Metrics.Zip(sums, (metric, s) => (metric.Name, metric.Value(s.Sum / s.Weight)))));
    }

    public void Dispose()
    {
        foreach (var stage in _stages)
        {
            stage.Dispose();
        }
    }

    private sealed class Stage : MetricBatch, IDisposable
    {
        private readonly CompiledProgram _program;
        private readonly BatchTensors _tensors;
        private readonly string[] _names;
        private readonly SinglesView[] _outputs;
        private readonly long[] _lengths;

        public Stage(
            LibTorchExecutor executor, Model model, DataSplit split, int batch, int start, int end, ParameterSet parameters, BufferSet buffers, Precision precision)
        {
            (Start, End) = (start, end);
            var program = model.Build(batch).Evaluation;
            _program = executor.Compile(program);
            _tensors = new(batch, model, split, parameters, buffers.Tensors, usesStep: false);

            // After the loss.
            var outputs = program.Outputs.Skip(1).ToList();
            _names = [.. outputs.Select(o => o.Name)];
            _lengths = [.. outputs.Select(o => program.Types[o.Value].Shape.Count64)];
            _outputs = [.. _lengths.Select(length => new SinglesView(precision, length))];
        }

        public int Start { get; }

        public int End { get; }

        public override int Count => _tensors.Batch;

        public override double Loss => _program.OutputScalar(0);

        public void Run(ReadOnlySpan<int> examples)
        {
            _tensors.Fill(examples);
            _program.Run(_tensors.Inputs);
        }

        public override unsafe ReadOnlySpan<float> Output(string? name = null)
        {
            int at = name is null && _names.Length == 1 ? 0 : Array.IndexOf(_names, name);
            return at >= 0
                ? new ReadOnlySpan<float>((float*)_outputs[at].Of(_program, at + 1), checked((int)_lengths[at]))
                : throw new NonsmoothException($"a metric reads output '{name}': the model has {string.Join(", ", _names)}; name one");
        }

        public override ReadOnlySpan<float> Real(string field) => Field(field, ElementKind.Real).AsSpan<float>();

        public override ReadOnlySpan<long> Index(string field) => Field(field, ElementKind.Index).AsSpan<long>();

        public void Dispose()
        {
            _program.Dispose();
            _tensors.Dispose();
            foreach (var output in _outputs)
            {
                output.Dispose();
            }
        }

        private LibTorch.Tensors.TorchTensor Field(string name, ElementKind kind)
        {
            int at = _tensors.Fields.IndexOf(name);
            return at >= 0 && _tensors.Fields[at].Type.Kind == kind
                ? _tensors[at]
                : throw new NonsmoothException($"a metric reads field '{name}' as {(kind == ElementKind.Real ? "real numbers" : "indices")}: the model has {string.Join(", ", (IEnumerable<Field>)_tensors.Fields)}");
        }
    }
}
