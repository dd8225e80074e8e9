using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Audits;

/// <summary>A network with its data, as audits take it: draw m starts from seed + m, batch q is part of one shuffled epoch.</summary>
/// <remarks>
/// Batches are whole; what they leave of the split is a subject of its own (<see cref="NetworkSubjectOptions.Rest"/>), because
/// its program has another size. Not thread-safe.
/// </remarks>
public sealed class NetworkSubject : IAuditSubject, IDisposable
{
    private readonly NetworkSubjectOptions _options;
    private readonly DataSplit _split;
    private readonly Model _model;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly EpochOrder _order;
    private readonly int _size;
    private readonly int _first;
    private readonly Checkpoint? _checkpoint;
    private (int Draw, ParameterSet Set, BatchTensors Tensors)? _current;

    /// <summary>Builds the network at the batch size.</summary>
    /// <param name="network">A network of images or tokens.</param>
    /// <param name="split">The examples, at least one batch of them.</param>
    /// <param name="options">Batch, seed and distribution of the draws.</param>
    /// <param name="checkpoint">Trained parameters, which then are the only draw.</param>
    /// <exception cref="NonsmoothException">The split has fewer examples than a batch, or another shape than the network.</exception>
    public NetworkSubject(Model network, DataSplit split, NetworkSubjectOptions? options = null, Checkpoint? checkpoint = null)
    {
        _options = options ?? new();
        (_split, _checkpoint, _model) = (split, checkpoint, network);
        _options.CheckEach();
        if (split.Count < _options.Batch)
        {
            throw new NonsmoothException(
                $"a batch of {_options.Batch} examples cannot be made of a data set of {split.Count}: give a batch of at most {split.Count}");
        }

        if (split.Examples.Refusal(network.Examples) is { } why)
        {
            throw new NonsmoothException($"network '{network.Name}' cannot take the data: {why}");
        }

        _size = _options.Rest ? split.Count % _options.Batch : _options.Batch;
        if (_size == 0)
        {
            throw new NonsmoothException($"batches of {_options.Batch} leave nothing of {split.Count} examples: leave the rest out");
        }

        Program = network.Build(_size);
        _parameters = ParameterDraw.Of(Program.Parameters, _options.Draw);
        Parameters = [.. _parameters.Select(p => p.Name)];
        _order = new BatchOrder(split.Count, _options.Batch, _options.Seed) { DropLast = !_options.Rest }.Epoch(0);
        _first = _options.Rest ? _order.BatchCount - 1 : 0;
    }

    /// <summary>The network's programs.</summary>
    public NetworkProgram Program { get; }

    /// <inheritdoc/>
    public Program Objective => Program.Objective;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; }

    /// <inheritdoc/>
    public Device Device => _options.Device;

    /// <inheritdoc/>
    public int Batches => _order.BatchCount - _first;

    /// <summary>Every example once: the whole batches and, where they leave something, the rest. The draws are the same.</summary>
    /// <param name="network">A network of images or tokens.</param>
    /// <param name="split">The examples, at least one batch of them.</param>
    /// <param name="options">Batch, seed and distribution of the draws.</param>
    /// <returns>One subject or two, which the caller disposes.</returns>
    /// <exception cref="NonsmoothException">The split has fewer examples than a batch, or another shape than the network.</exception>
    public static IReadOnlyList<NetworkSubject> Epoch(Model network, DataSplit split, NetworkSubjectOptions? options = null)
    {
        options ??= new();
        var whole = new NetworkSubject(network, split, options with { Rest = false });
        return split.Count % options.Batch == 0 ? [whole] : [whole, new NetworkSubject(network, split, options with { Rest = true })];
    }

    /// <inheritdoc/>
    /// <exception cref="NonsmoothException">Trained parameters were given and another draw than the first is asked for, or a parameter is not finite.</exception>
    public IReadOnlyList<TorchTensor> Inputs(int draw, int batch, int order = 0)
    {
        var tensors = Draw(draw);
        int[] indices = [.. Examples(batch)];
        if (order > 0)
        {
            new CounterRandom(_options.Seed).Derive("order within a batch").Derive((ulong)order).Shuffle<int>(indices);
        }

        tensors.Fill(indices);
        return [.. tensors.Inputs];
    }

    /// <summary>The examples of a batch, as numbers of the split.</summary>
    public ReadOnlySpan<int> Examples(int batch) => _order.Batch(_first + batch);

    /// <summary>Releases the tensors.</summary>
    public void Dispose() => Release();

    private BatchTensors Draw(int draw)
    {
        if (_current is { } current && current.Draw == draw)
        {
            return current.Tensors;
        }

        if (_checkpoint is not null && draw > 0)
        {
            throw new NonsmoothException($"draw {draw + 1} of trained parameters: there is one only; ask for one draw");
        }

        Release();
        var set = new ParameterSet(_parameters, _options.Seed + (ulong)draw, _checkpoint?.Tensors.Keys.Intersect(_parameters.Where(p => p.Frozen).Select(p => p.Name)).Any() != true);
        try
        {
            if (_checkpoint is not null)
            {
                set.LoadForEvaluation(_checkpoint);
            }
        }
        catch
        {
            set.Dispose();
            throw;
        }

        if (set.FirstNotFinite() is { } name)
        {
            set.Dispose();
            throw new NonsmoothException($"parameter '{name}' has a NaN or an infinity: the gradient is not a number whatever is selected; audit a checkpoint from before it appeared");
        }

        var tensors = new BatchTensors(_size, _model, _split, set, [], Program.UsesStep);
        _current = (draw, set, tensors);
        return tensors;
    }

    private void Release()
    {
        _current?.Tensors.Dispose();
        _current?.Set.Dispose();
        _current = null;
    }
}
