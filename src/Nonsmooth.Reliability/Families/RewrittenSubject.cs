using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Families;

/// <summary>A subject with another program on the same inputs; the subject stays the caller's.</summary>
/// <param name="subject">Where the inputs come from.</param>
/// <param name="objective">A scalar program with the subject's inputs.</param>
public sealed class RewrittenSubject(IAuditSubject subject, Program objective) : IAuditSubject
{
    /// <inheritdoc/>
    public Program Objective => objective;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters => subject.Parameters;

    /// <inheritdoc/>
    public Device Device => subject.Device;

    /// <inheritdoc/>
    public int Batches => subject.Batches;

    /// <inheritdoc/>
    public IReadOnlyList<TorchTensor> Inputs(int draw, int batch, int order = 0) => subject.Inputs(draw, batch, order);
}
