using Nonsmooth.Cluster;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>What buffers follow where a batch is several shards: for each batch of a step, the mean of its shards' values, added as gradients are.</summary>
/// <remarks>So the running variance of a normalisation is the mean of the shards' variances: a shard is what is normalised.</remarks>
internal sealed class BufferShards(BufferSet buffers, ShardPlan plan, ICommunicator ranks)
{
    private readonly ShardSum<float> _sum = new(buffers.Length * plan.Batches, plan.Own);
    private readonly float[] _values = new float[buffers.Length];
    private readonly float[] _scratch = new float[ranks.Size > 1 ? buffers.Length * plan.Batches : 0];
    private int _batch;

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        _sum.Clear();
        _batch = 0;
    }

    /// <summary>Adds what the last run put out.</summary>
    public void Add(GradientProgram gradient)
    {
        gradient.ReadBuffers(_values);
        _sum.AddPart(_values, _batch * _values.Length);
        if (++_batch == plan.Batches)
        {
            _batch = 0;
            _sum.EndShard();
        }
    }

    /// <summary>Moves the buffers, on every rank.</summary>
    public void Finish()
    {
        if (ranks.Size > 1)
        {
            TreeSum.AllReduce(ranks, _sum.Sum, _scratch);
        }

        for (int batch = 0; batch < plan.Batches; batch++)
        {
            _sum.Sum.Slice(batch * _values.Length, _values.Length).CopyTo(_values);
            for (int i = 0; i < _values.Length; i++)
            {
                _values[i] /= plan.Shards;
            }

            buffers.Follow(_values);
        }
    }
}
