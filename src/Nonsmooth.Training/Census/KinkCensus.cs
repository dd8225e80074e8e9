using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Census;

/// <summary>
/// Counts how often a network meets its kinks in a floating-point format, and how much its gradient then depends on
/// what is selected there.
/// </summary>
/// <remarks>Source: reliability specification, bifurcation zones. It does not time anything; not thread-safe.</remarks>
public sealed class KinkCensus : IDisposable
{
    private readonly Network _network;
    private readonly int _batch;
    private readonly CensusOptions _options;
    private readonly CompiledProgram _reference;
    private readonly List<(string Name, CompiledProgram Program)> _others = [];
    private readonly long[] _lengths;
    private readonly bool _usesStep;

    /// <summary>Compiles the network's gradient under every selection.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Examples at once.</param>
    /// <param name="options">Format and selections; null for the defaults.</param>
    public KinkCensus(Network network, int batch, CensusOptions? options = null)
    {
        (_network, _batch, _options) = (network, batch, options ?? new CensusOptions());
        var executor = new LibTorchExecutor(new ExecutionOptions { Precision = _options.Precision });
        var program = network.Build(batch);
        _usesStep = program.UsesStep;
        _lengths = [.. program.Parameters.Select(p => p.Shape.Count64)];
        _reference = executor.Compile(program.Gradient(_options.Reference));
        foreach (var (name, selection) in _options.Others)
        {
            _others.Add((name, executor.Compile(program.Gradient(selection))));
        }
    }

    /// <summary>Counts one batch.</summary>
    /// <param name="inputs">x, the targets, then every parameter: the inputs of <see cref="NetworkProgram.Loss"/>.</param>
    public CensusReport Count(params ReadOnlySpan<TorchTensor> inputs)
    {
        var counter = new KinkCounter();
        _reference.Observer = counter.Observe;
        double[][] reference = Gradients(_reference, inputs);
        _reference.Observer = null;
        var differences = new List<GradientDifference>();
        foreach (var (name, program) in _others)
        {
            differences.Add(Compare(name, reference, Gradients(program, inputs)));
        }

        return new CensusReport { Precision = _options.Precision, Batches = 1, Nodes = counter.Counts, Differences = differences };
    }

    /// <summary>Counts the first batches of a split, in its own order.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="split">The examples.</param>
    /// <param name="batches">How many batches, at least 1.</param>
    /// <exception cref="NonsmoothException">The split has fewer examples.</exception>
    public CensusReport Count(ParameterSet parameters, DataSplit split, int batches)
    {
        if (batches < 1 || (long)batches * _batch > split.Count)
        {
            throw new NonsmoothException(
                $"a census of {batches} batches of {_batch} cannot be taken of {split.Count} examples: ask for 1 to {split.Count / _batch} batches");
        }

        using var tensors = new BatchTensors(_batch, _network.Input, parameters, [], _usesStep);
        CensusReport? report = null;
        for (int i = 0; i < batches; i++)
        {
            tensors.Fill(split, [.. Enumerable.Range(i * _batch, _batch)]);
            var counted = Count(tensors.Inputs);
            report = report?.Add(counted) ?? counted;
        }

        return report!;
    }

    /// <summary>Releases the compiled programs.</summary>
    public void Dispose()
    {
        _reference.Dispose();
        foreach (var (_, program) in _others)
        {
            program.Dispose();
        }
    }

    private double[][] Gradients(CompiledProgram program, ReadOnlySpan<TorchTensor> inputs)
    {
        var outputs = program.Call(inputs);
        var gradients = new double[_lengths.Length][];
        for (int i = 0; i < gradients.Length; i++)
        {
            using var wide = outputs[i + 1].To(TorchDtype.Float64);
            gradients[i] = wide.ToArray<double>();
        }

        foreach (var output in outputs)
        {
            output.Dispose();
        }

        return gradients;
    }

    private static GradientDifference Compare(string name, double[][] reference, double[][] other)
    {
        double squares = 0;
        double differences = 0;
        double largest = 0;
        bool differs = false;
        for (int p = 0; p < reference.Length; p++)
        {
            for (int i = 0; i < reference[p].Length; i++)
            {
                // Two NaN are no difference; a NaN and a number are.
                if (!reference[p][i].Equals(other[p][i]) && reference[p][i] != other[p][i])
                {
                    double difference = Math.Abs(other[p][i] - reference[p][i]);
                    differs = true;
                    differences += difference * difference;
                    largest = Math.Max(largest, difference);
                }

                squares += reference[p][i] * reference[p][i];
            }
        }

        return new GradientDifference(name, 1, differs ? 1 : 0, differs ? Math.Sqrt(differences / squares) : 0, largest);
    }
}
