using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Gradients;

/// <summary>A program at given inputs: one draw, one batch.</summary>
public sealed class FixedSubject : IAuditSubject, IDisposable
{
    private readonly List<TorchTensor> _inputs = [];

    /// <summary>Copies the inputs.</summary>
    /// <param name="objective">The scalar program.</param>
    /// <param name="parameters">The inputs that the gradient is taken for.</param>
    /// <param name="inputs">One array an input, row-major: doubles for reals, longs for indices.</param>
    /// <exception cref="NonsmoothException">There is not one array an input, or one has the wrong length.</exception>
    public FixedSubject(Program objective, IReadOnlyList<string> parameters, params IReadOnlyList<Array> inputs)
    {
        (Objective, Parameters) = (objective, parameters);
        if (inputs.Count != objective.Inputs.Count)
        {
            throw new NonsmoothException($"the program takes {objective.Inputs.Count} inputs, given {inputs.Count}");
        }

        // All is checked before the first tensor exists, so that none is left behind.
        for (int i = 0; i < inputs.Count; i++)
        {
            var type = objective.Types[objective.Inputs[i].Value];
            if (inputs[i].Length != type.Shape.Count64)
            {
                throw new NonsmoothException($"input '{objective.Inputs[i].Name}' is {type}: {inputs[i].Length} numbers do not fill it");
            }

            if (inputs[i] is not (double[] or long[]))
            {
                throw new NonsmoothException($"input '{objective.Inputs[i].Name}': give double[] or long[]");
            }
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            var type = objective.Types[objective.Inputs[i].Value];
            long[] sizes = [.. Enumerable.Range(0, type.Shape.Rank).Select(a => (long)type.Shape[a])];
            _inputs.Add(inputs[i] is double[] reals
                ? TorchTensor.FromSpan<double>(reals, sizes)
                : TorchTensor.FromSpan<long>((long[])inputs[i], sizes));
        }
    }

    /// <inheritdoc/>
    public Program Objective { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; }

    /// <inheritdoc/>
    public int Batches => 1;

    /// <inheritdoc/>
    public IReadOnlyList<TorchTensor> Inputs(int draw, int batch, int order = 0) => _inputs;

    /// <summary>Releases the inputs.</summary>
    public void Dispose() => _inputs.ForEach(i => i.Dispose());
}
