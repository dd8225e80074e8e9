using Nonsmooth.Cluster;
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
    private readonly ICommunicator _ranks;

    public Evaluator(
        LibTorchExecutor executor, Model model, DataSplit split, int batchSize, ParameterSet parameters, BufferSet buffers, Precision precision, ICommunicator? ranks = null)
    {
        (_model, _order, _ranks) = (model, [.. Enumerable.Range(0, split.Count)], ranks ?? new SingleCommunicator());
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
    /// <remarks>Over ranks each measures some batches, and all get the result, whose bits do not depend on their number. Where one is cancelled, all are.</remarks>
    public EvaluationResult? Run(CancellationToken cancellation)
    {
        // A row for each batch: its loss, then sum and weight of each metric; at last, whether a rank was cancelled.
        int width = 1 + (2 * _model.Metrics.Count), batches = _stages.Sum(stage => (stage.End - stage.Start) / stage.Count);
        var rows = new double[(batches * width) + 1];
        int row = 0;
        foreach (var stage in _stages)
        {
            for (int start = stage.Start; start < stage.End; start += stage.Count, row++)
            {
                if (row % _ranks.Size == _ranks.Rank && rows[^1] == 0)
                {
                    Measure(stage, start, rows.AsSpan(row * width, width));
                }

                rows[^1] = cancellation.IsCancellationRequested ? 1 : 0;
            }
        }

        Gather(rows);
        return rows[^1] > 0 ? null : Result(rows, width);
    }

    public void Dispose()
    {
        foreach (var stage in _stages)
        {
            stage.Dispose();
        }
    }

    private void Measure(Stage stage, int start, Span<double> row)
    {
        stage.Run(_order.AsSpan(start, stage.Count));
        row[0] = stage.Loss * stage.Count;
        for (int m = 0; m < _model.Metrics.Count; m++)
        {
            (row[1 + (2 * m)], row[2 + (2 * m)]) = _model.Metrics[m].Of(stage);
        }
    }

    // A batch's numbers are those of one rank and zeros of the others, so sums of them are exact.
    private void Gather(double[] rows)
    {
        if (_ranks.Size > 1)
        {
            TreeSum.AllReduce(_ranks, rows, new double[rows.Length]);
        }
    }

    private EvaluationResult Result(double[] rows, int width)
    {
        var sums = new double[width];
        for (int i = 0; i < rows.Length - 1; i++)
        {
            sums[i % width] += rows[i];
        }

        return new(sums[0] / _order.Length, new MetricValues(_model.Metrics.Select((metric, m) => (metric.Name, metric.Value(sums[1 + (2 * m)] / sums[2 + (2 * m)])))));
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
