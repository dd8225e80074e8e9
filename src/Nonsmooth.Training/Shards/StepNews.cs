using Nonsmooth.Cluster;

namespace Nonsmooth.Training.Shards;

/// <summary>What ranks tell each other at the end of a step, so that all decide the same.</summary>
internal sealed class StepNews
{
    private readonly ICommunicator _ranks;
    private readonly ShardPlan _plan;
    private readonly double[] _own;
    private readonly double[] _all;

    public StepNews(ICommunicator ranks, ShardPlan plan)
    {
        (_ranks, _plan) = (ranks, plan);
        _own = new double[plan.Takes + 1];
        _all = new double[_own.Length * ranks.Size];
    }

    /// <summary>The losses that this rank has computed, shard after shard.</summary>
    public Span<double> Losses => _own.AsSpan(0, _plan.Takes);

    /// <summary>Whether any rank asks to end after this step.</summary>
    public bool Stop { get; private set; }

    /// <summary>Tells all ranks.</summary>
    /// <param name="stop">Whether this one asks to end.</param>
    public void Tell(bool stop)
    {
        _own[^1] = stop ? 1 : 0;
        if (_ranks.Size == 1)
        {
            _own.CopyTo(_all, 0);
        }
        else
        {
            _ranks.AllGather<double>(_own, _all);
        }

        Stop = false;
        for (int rank = 1; rank <= _ranks.Size; rank++)
        {
            Stop |= _all[(rank * _own.Length) - 1] != 0;
        }
    }

    /// <summary>The mean loss of the step: a shard's batches in turn, shards as the tree adds gradients.</summary>
    public double Mean()
    {
        Span<double> shards = stackalloc double[Math.Min(_plan.Shards, 256)];
        shards = _plan.Shards <= shards.Length ? shards : new double[_plan.Shards];
        for (int shard = 0; shard < _plan.Shards; shard++)
        {
            shards[shard] = 0;
            for (int batch = 0; batch < _plan.Batches; batch++)
            {
                shards[shard] += Loss(shard, batch);
            }
        }

        for (int width = 1; width < shards.Length; width *= 2)
        {
            for (int i = 0; i < shards.Length; i += 2 * width)
            {
                shards[i] += shards[i + width];
            }
        }

        return shards[0] / _plan.PerStep;
    }

    /// <summary>The first shard with a loss that is not finite, and who computed it; null where all are finite.</summary>
    public (double Loss, string Where)? NotFinite()
    {
        for (int shard = 0; shard < _plan.Shards; shard++)
        {
            for (int batch = 0; batch < _plan.Batches; batch++)
            {
                if (!double.IsFinite(Loss(shard, batch)))
                {
                    int rank = shard / _plan.Own;
                    return (Loss(shard, batch), _plan.IsSharded ? $" in shard {shard}{(_ranks.Size > 1 ? $", of rank {rank} on {_ranks.Hosts[rank]}" : "")}" : "");
                }
            }
        }

        return null;
    }

    private double Loss(int shard, int batch)
    {
        int rank = shard / _plan.Own;
        return _all[(rank * _own.Length) + ((shard - (rank * _plan.Own)) * _plan.Batches) + batch];
    }
}
