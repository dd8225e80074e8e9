using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>Muon on matrices, one after the other, the rows of each shared among the workers.</summary>
internal sealed unsafe class MuonOptimizer : Optimizer, IWorkerTask
{
    private readonly MuonOptions _options;
    private readonly ParameterSlot[] _slots;
    private readonly WorkerPool _pool;
    private readonly StateBuffer _states;
    private readonly NewtonSchulz _scratch;
    private readonly long[] _stepCounts;
    private readonly double[] _rowSums;
    private int _slot;
    private nint _gradient;
    private bool _writes;
    private float _scale;
    private float _minusDecay;
    private float _minusStep;

    public MuonOptimizer(MuonOptions options, ParameterSlot[] slots, WorkerPool pool)
        : base(slots, pool)
    {
        (_options, _slots, _pool) = (options, slots, pool);
        _stepCounts = new long[slots.Length];
        _rowSums = new double[slots.Select(slot => slot.Rows).Append(0).Max()];
        _states = new StateBuffer(slots, 1);
        _scratch = new NewtonSchulz(
            pool, slots.Select(slot => slot.Length).Append(0).Max(), slots.Select(slot => Math.Min(slot.Rows, Columns(slot))).Append(0).Max());
        States = [.. slots.Select((slot, i) => new StateTensor(slot.Name, "momentum_buffer", _states.Address(0, i), slot.Length))];
    }

    public override OptimizerOptions Options => _options;

    public override IReadOnlyList<StateTensor> States { get; }

    public override ReadOnlySpan<long> StepCounts => _stepCounts;

    internal override bool IsClosed => _states.IsClosed;

    internal override void CheckRate(double rate) => _options.ValidateRate(rate);

    internal override void SetStepCounts(ReadOnlySpan<long> counts) => counts.CopyTo(_stepCounts);

    internal override void Advance(ReadOnlySpan<nint> gradients, double rate, double gradientScale)
    {
        _scale = (float)(_options.Maximize ? -gradientScale : gradientScale);
        for (_slot = 0; _slot < _slots.Length; _slot++)
        {
            ParameterSlot slot = _slots[_slot];
            _gradient = gradients[_slot];
            if (_gradient == 0)
            {
                continue;
            }

            _stepCounts[_slot]++;
            if (slot.Length == 0)
            {
                continue;
            }

            (int rows, int columns) = (slot.Rows, Columns(slot));
            _writes = false;
            _pool.Run(this);
            _scratch.Run(Math.Min(rows, columns), Math.Max(rows, columns), Norm(rows));
            double factor = _options.Scale == MuonScale.Original
                ? Math.Sqrt(Math.Max(1, rows / (double)columns))
                : 0.2 * Math.Sqrt(Math.Max(rows, columns));
            _minusDecay = (float)(slot.Decay ? -rate * _options.WeightDecay : 0);
            _minusStep = (float)(-rate * factor);
            _writes = true;
            _pool.Run(this);
        }
    }

    void IWorkerTask.Execute(int worker, int workers)
    {
        int rows = _slots[_slot].Rows;
        int end = (int)((long)rows * (worker + 1) / workers);
        for (int row = (int)((long)rows * worker / workers); row < end; row++)
        {
            if (_writes)
            {
                Move(row);
            }
            else
            {
                Gather(row);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _states.Dispose();
            _scratch.Dispose();
        }
    }

    private static int Columns(ParameterSlot slot) => (int)(slot.Length / slot.Rows);

    /// <summary>Advances a row of the momentum and writes the direction to the scratch matrix, wide side along rows.</summary>
    private void Gather(int row)
    {
        (int rows, int columns) = (_slots[_slot].Rows, Columns(_slots[_slot]));
        long start = (long)row * columns;
        var gradient = (float*)_gradient + start;
        float* momentum = (float*)_states.Address(0, _slot) + start;
        (float mu, float gain) = ((float)_options.Momentum, (float)(1 - _options.Momentum));
        bool nesterov = _options.Nesterov;
        double sum = 0;
        for (int column = 0; column < columns; column++)
        {
            float g = _scale * gradient[column];
            float b = MathF.FusedMultiplyAdd(mu, momentum[column], gain * g);
            momentum[column] = b;
            float u = nesterov ? MathF.FusedMultiplyAdd(mu, b, gain * g) : b;
            _scratch.X[rows <= columns ? start + column : ((long)column * rows) + row] = u;
            sum += (double)u * u;
        }

        _rowSums[row] = sum;
    }

    private double Norm(int rows)
    {
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            sum += _rowSums[row];
        }

        return Math.Sqrt(sum);
    }

    private void Move(int row)
    {
        (int rows, int columns) = (_slots[_slot].Rows, Columns(_slots[_slot]));
        long start = (long)row * columns;
        var theta = (float*)_slots[_slot].Values + start;
        for (int column = 0; column < columns; column++)
        {
            float direction = _scratch.X[rows <= columns ? start + column : ((long)column * rows) + row];
            theta[column] = MathF.FusedMultiplyAdd(_minusStep, direction, MathF.FusedMultiplyAdd(_minusDecay, theta[column], theta[column]));
        }
    }
}
